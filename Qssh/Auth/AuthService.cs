namespace Qssh.Auth;

/// <summary>What a user logs in to, and by which name.</summary>
internal static class AuthService
{
    public const int MaximumUserLength = 255;

    /// <summary>The only service: the session stream of docs/protocol.md.</summary>
    public static ReadOnlySpan<byte> Connection => "qssh-connection"u8;

    /// <summary>Section 1: strings are ASCII. No blank and no control character, so that a name is one word in every file and log.</summary>
    public static bool IsUserName(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= MaximumUserLength && name.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E) < 0;
}
