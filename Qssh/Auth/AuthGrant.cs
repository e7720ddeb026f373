using Qssh.Identity;

namespace Qssh.Auth;

/// <summary>A successful login: the user, what the session may do, and by which factors.</summary>
/// <param name="Capabilities">The intersection over all factors.</param>
/// <param name="First">Beginning of the session stream, from the last UA.</param>
internal sealed record AuthGrant(string User, Capabilities Capabilities, IReadOnlyList<VerifiedKey> Keys, ReadOnlyMemory<byte> First);
