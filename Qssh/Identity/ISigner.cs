using Qssh.Crypto.Signatures;

namespace Qssh.Identity;

/// <summary>
/// Whoever can sign with one key: a file, an agent, a vault or a hardware module. Signing may take a while and may fail with a
/// <see cref="Errors.FailureException"/>; the private key never leaves it.
/// </summary>
internal interface ISigner
{
    public SignatureAlgorithm Algorithm { get; }

    public ReadOnlySpan<byte> PublicKey { get; }

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message);
}
