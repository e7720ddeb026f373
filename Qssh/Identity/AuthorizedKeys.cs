using System.Net;

namespace Qssh.Identity;

internal enum KeyDecision : byte { Denied = 0, Authorized = 1 }

/// <param name="Place">With Authorized: <c>file:line</c> of the line.</param>
internal readonly record struct KeyAuthorization(KeyDecision Decision, KeyOptions? Options, string? Place)
{
    public static KeyAuthorization Denied => default;
}

/// <summary>Looks a key up in authorized_keys. The first line that holds it and whose options allow this use decides.</summary>
internal static class AuthorizedKeys
{
    /// <param name="from">The client's address; null if there is none, which satisfies no <c>from=</c>.</param>
    /// <param name="note">Takes notes for the server's log: file, line and reason, no bytes of the line.</param>
    public static KeyAuthorization Find(
        Stream stream, string file, PublicKey key, IPAddress? from, DateTimeOffset now, Action<string>? note)
    {
        foreach ((int number, string? text) in TextLines.Read(stream))
        {
            string place = $"{file}:{number}";
            AuthorizedKey line = text is null ? new(null, KeyOptions.None, "", "the line is too long") : AuthorizedKey.Parse(text);
            if (line.Fault is not null)
                note?.Invoke($"{place}: line ignored: {line.Fault}");
            if (line.Key is null || !line.Key.Equals(key))
                continue;
            if (line.Options.Refusal(from, now) is not { } refusal)
                return new KeyAuthorization(KeyDecision.Authorized, line.Options, place);
            note?.Invoke($"{place}: key refused: {refusal}");
        }

        return KeyAuthorization.Denied;
    }
}
