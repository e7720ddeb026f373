using IPAddress = System.Net.IPAddress;
using Qssh.Auth;
using Qssh.Config;
using Qssh.Identity;
using Qssh.Platform;

namespace Qssh.Server;

/// <summary>
/// Authorized keys from a program, which runs as AuthorizedKeysCommandUser and never as the server. Its lines are read like those of a
/// file. A program that cannot be trusted, fails or takes too long gives no keys; why goes to the log.
/// </summary>
internal sealed class AuthorizedKeysCommand(ServerOptions options, Action<string> note)
{
    private const string Source = "AuthorizedKeysCommand";

    public bool IsSet => options.AuthorizedKeysCommand.Value.Length > 0;

    /// <param name="connection">Both ends, as in QSSH_CONNECTION.</param>
    public async ValueTask<KeyAuthorization> FindAsync(UserAccount account, PublicKey key, IPAddress from, string connection)
    {
        string[] words = Words(account, key, connection);
        if (Distrust(words[0]) is { } reason)
            return Deny(reason);
        string name = options.AuthorizedKeysCommandUser;
        UserAccount? runner = await Accounts.System.FindByNameAsync(name);
        if (runner is null)
            return Deny(name.Length == 0 ? "AuthorizedKeysCommandUser is not set" : $"AuthorizedKeysCommandUser {name} does not exist");
        if (!UserIdentity.IsRoot && runner.Uid != UserIdentity.Uid)
            return Deny($"the server does not run as root and cannot become {name}");

        ChildPlan plan = Plan(runner, await Accounts.System.GroupsOfAsync(runner), words);
        HelperResult result = await HelperProgram.RunAsync((input, output, error) => SessionChild.Start(plan, input, output, error), HelperProgram.Patience);
        if (result.Output is null)
            return Deny($"{words[0]}: {result.Fault}");
        using MemoryStream lines = new(result.Output);
        return AuthorizedKeys.Find(lines, Source, key, from, DateTimeOffset.UtcNow, note);
    }

    /// <summary>Words are split before tokens are replaced: no value becomes two arguments.</summary>
    private string[] Words(UserAccount account, PublicKey key, string connection)
    {
        List<string> words = ConfigWords.Split(options.AuthorizedKeysCommand);
        if (words.Count == 1)
            words.Add("%u");
        string[] result = [.. words];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = ConfigTokens.Expand(result[i], letter => letter switch
            {
                'u' => account.Name,
                'U' => account.Uid.ToString(),
                'h' => account.Home,
                'C' => connection,
                'k' => Convert.ToBase64String(key.Blob),
                't' => key.TypeName,
                'f' => key.Fingerprint,
                _ => null,
            });
        }

        return result;
    }

    /// <summary>Whoever can change the program decides who logs in: that is root, or the user that the server runs as.</summary>
    private static string? Distrust(string path)
    {
        KeyFiles files = new();
        if (files.Look(path) is not { } facts)
            return $"{path} cannot be looked at";
        return facts.IsRegular ? StrictModes.Check(files, path, facts, "/", UserIdentity.EffectiveUid) : $"{path} is not a regular file";
    }

    private static ChildPlan Plan(UserAccount runner, IReadOnlyList<uint> groups, string[] words) => new()
    {
        Uid = runner.Uid,
        Gid = runner.Gid,
        Groups = groups,
        UserName = runner.Name,
        Home = "/",
        Program = words[0],
        Arguments = words,
        Environment =
        [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=" + runner.Home, "USER=" + runner.Name,
            "LOGNAME=" + runner.Name, "SHELL=" + runner.Shell,
        ],
    };

    private KeyAuthorization Deny(string reason)
    {
        note($"{Source}: no keys: {reason}");
        return KeyAuthorization.Denied;
    }
}
