using System.Net;
using System.Text;

namespace Qssh.Identity;

/// <summary>The account whose keys are looked up.</summary>
internal sealed record AccountFiles(string Name, uint Uid, string Home);

/// <summary>
/// Finds a key in the files that AuthorizedKeysFile names: <c>%h</c> home, <c>%u</c> name, <c>%U</c> uid, <c>%%</c>; a path that is
/// not absolute starts at the home. A file that cannot be read or is not safe counts as empty, with the reason in the log.
/// </summary>
internal sealed class AuthorizedKeysFiles(IKeyFiles files, bool strictModes)
{
    public KeyAuthorization Find(
        IReadOnlyList<string> patterns, AccountFiles account, PublicKey key, IPAddress? from, DateTimeOffset now, Action<string>? note)
    {
        foreach (string pattern in patterns)
        {
            if (Expand(pattern, account) is not { } path)
            {
                note?.Invoke("AuthorizedKeysFile has an unknown token");
                continue;
            }

            KeyAuthorization found = FindIn(path, account, key, from, now, note);
            if (found.Decision == KeyDecision.Authorized)
                return found;
        }

        return KeyAuthorization.Denied;
    }

    /// <summary>Null: unknown token.</summary>
    public static string? Expand(string pattern, AccountFiles account)
    {
        StringBuilder path = new();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%')
            {
                path.Append(pattern[i]);
                continue;
            }

            char letter = ++i < pattern.Length ? pattern[i] : '\0';
            if (letter is not ('%' or 'h' or 'u' or 'U'))
                return null;
            path.Append(letter switch
            {
                'h' => account.Home,
                'u' => account.Name,
                'U' => account.Uid.ToString(),
                _ => "%",
            });
        }

        return Path.Combine(account.Home, path.ToString());
    }

    private KeyAuthorization FindIn(
        string path, AccountFiles account, PublicKey key, IPAddress? from, DateTimeOffset now, Action<string>? note)
    {
        using Stream? stream = files.Open(path, out FileFacts facts, out string? fault);
        if (stream is null)
        {
            note?.Invoke($"no authorized keys in {path}: {fault}");
            return KeyAuthorization.Denied;
        }

        string? unsafeReason = !facts.IsRegular ? $"{path} is not a regular file"
            : strictModes ? StrictModes.Check(files, path, facts, account.Home, account.Uid)
            : null;
        if (unsafeReason is not null)
        {
            note?.Invoke($"Authentication refused: {unsafeReason}");
            return KeyAuthorization.Denied;
        }

        try
        {
            return AuthorizedKeys.Find(stream, path, key, from, now, note);
        }
        catch (IOException e)
        {
            note?.Invoke($"cannot read {path}: {e.Message}");
            return KeyAuthorization.Denied;
        }
    }
}
