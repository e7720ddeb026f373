using System.Net;

namespace Qssh.Identity;

internal enum KeyDecision : byte { Denied = 0, Authorized = 1 }

/// <param name="Place">With Authorized: <c>file:line</c> of the line.</param>
internal readonly record struct KeyAuthorization(KeyDecision Decision, KeyOptions? Options, string? Place)
{
    public static KeyAuthorization Denied => default;
}

/// <summary>Looks a key up in authorized_keys. The first line that holds it and whose options allow this use decides.</summary>
/// <remarks>
/// The file is its user's, and anybody who knows the user's name can make the server read it, while all others wait: it may not be so
/// large that they notice, nor fill the log.
/// </remarks>
internal static class AuthorizedKeys
{
    /// <summary>Some 1,000 keys.</summary>
    public const int MaxBytes = 4 << 20;

    public const int MaxLines = 10_000;

    private const int MaxNotes = 10;

    /// <param name="from">The client's address; null if there is none, which satisfies no <c>from=</c>.</param>
    /// <param name="note">Takes notes for the server's log: file, line and reason, no bytes of the line.</param>
    public static KeyAuthorization Find(
        Stream stream, string file, PublicKey key, IPAddress? from, DateTimeOffset now, Action<string>? note)
    {
        int notes = 0;
        foreach ((int number, string? text) in TextLines.Read(stream, MaxBytes, MaxLines))
        {
            string place = $"{file}:{number}";
            AuthorizedKey line = text is null ? new(null, KeyOptions.None, "", "the line is too long") : AuthorizedKey.Parse(text);
            if (line.Fault is not null)
                Note($"{place}: line ignored: {line.Fault}");
            if (line.Key is null || !line.Key.Equals(key))
                continue;
            if (line.Options.Refusal(from, now) is not { } refusal)
                return new KeyAuthorization(KeyDecision.Authorized, line.Options, place);
            Note($"{place}: key refused: {refusal}");
        }

        return KeyAuthorization.Denied;

        void Note(string text)
        {
            if (++notes <= MaxNotes)
                note?.Invoke(notes < MaxNotes ? text : $"{file}: further lines are not noted");
        }
    }
}
