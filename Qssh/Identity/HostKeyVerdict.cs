using Qssh.Crypto.Signatures;

namespace Qssh.Identity;

/// <summary>What is known of a host's key. The zero value trusts nothing.</summary>
internal enum HostKeyStatus : byte
{
    /// <summary>No line names the host: ask, or refuse.</summary>
    Unknown = 0,

    /// <summary>A line holds exactly this key for this host.</summary>
    Match,

    /// <summary>The host is known by other keys only. Never to be overridden by a question.</summary>
    Changed,

    /// <summary>This key is marked as revoked.</summary>
    Revoked,
}

/// <param name="Place"><c>file:line</c> of the line that decided; null for Unknown.</param>
/// <param name="Pinned">With Changed: the key that was expected.</param>
/// <param name="OtherSchemes">
/// With Changed: the schemes the host is known by, if the offered scheme is none of them; else empty. The client then connects again
/// once, offering these only (docs/protocol.md, SF4).
/// </param>
internal sealed record HostKeyVerdict(
    HostKeyStatus Status, string? Place, PublicKey? Pinned, List<SignatureScheme> OtherSchemes);
