namespace Qssh.Identity;

internal enum HostKeyMarker : byte { None, Revoked, CertificateAuthority }

/// <summary>One line of known_hosts that names the host in question.</summary>
/// <param name="Place"><c>file:line</c></param>
internal sealed record KnownHostEntry(HostKeyMarker Marker, PublicKey Key, string Place);
