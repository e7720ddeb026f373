using Qssh.Identity;

namespace Qssh.Auth;

/// <summary>A factor that counts: this key signed, and its line in the account's files allows it.</summary>
/// <param name="Place">File and line, for the log.</param>
internal sealed record VerifiedKey(PublicKey Key, KeyOptions Options, string? Place);
