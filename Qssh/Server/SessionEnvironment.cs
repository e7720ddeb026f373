using System.Text;
using Qssh.Config;
using Qssh.Platform;

namespace Qssh.Server;

/// <summary>
/// The environment of a session: made from nothing, so that nothing of the server's own leaks. What the client sends is taken only by
/// AcceptEnv, and never a variable that changes how programs are loaded or shells start.
/// </summary>
internal sealed class SessionEnvironment
{
    private const int MaxVariables = 128;
    private const int MaxValue = 8192;

    private static readonly string[] s_forbiddenPrefixes = ["LD_", "DYLD_", "BASH_FUNC_", "GLIBC_", "MALLOC_", "DOTNET_", "COMPlus_", "CORECLR_"];

    private static readonly string[] s_forbidden =
    [
        "IFS", "ENV", "BASH_ENV", "SHELLOPTS", "BASHOPTS", "PS4", "HOME", "USER", "LOGNAME", "SHELL", "PATH", "MAIL", "GCONV_PATH", "LOCPATH",
        "NLSPATH", "HOSTALIASES", "LOCALDOMAIN", "RES_OPTIONS", "TMPDIR", "ZDOTDIR", "PYTHONPATH", "PYTHONSTARTUP", "PERL5LIB", "PERL5OPT",
        "RUBYOPT", "NODE_OPTIONS", "GIT_SSH", "GIT_SSH_COMMAND",
    ];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private int _accepted;

    /// <summary>What the client asks for. False: not accepted, which is no fault.</summary>
    public bool TryAccept(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, IReadOnlyList<string> patterns)
    {
        if (_accepted == MaxVariables || value.Length > MaxValue || !IsName(name) || value.Contains((byte)0))
            return false;
        string text = Encoding.ASCII.GetString(name);
        if (IsForbidden(text) || !PatternList.Matches(patterns, text))
            return false;
        _values[text] = ByteText.From(value);
        _accepted++;
        return true;
    }

    public void Set(string name, string value) => _values[name] = value;

    /// <summary>The variables that every login has.</summary>
    public void SetAccount(UserAccount account, bool isRoot)
    {
        Set("HOME", account.Home);
        Set("USER", account.Name);
        Set("LOGNAME", account.Name);
        Set("SHELL", account.Shell);
        Set("PATH", isRoot ? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" : "/usr/local/bin:/usr/bin:/bin:/usr/games");
        Set("MAIL", "/var/mail/" + account.Name);
    }

    public IReadOnlyList<string> ToList()
    {
        List<string> list = new(_values.Count);
        foreach ((string name, string value) in _values)
            list.Add(name + "=" + value);
        return list;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.Length > 128 || char.IsAsciiDigit((char)name[0]))
            return false;
        foreach (byte b in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b != '_')
                return false;
        }

        return true;
    }

    private static bool IsForbidden(string name)
    {
        foreach (string prefix in s_forbiddenPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return Array.IndexOf(s_forbidden, name) >= 0;
    }
}
