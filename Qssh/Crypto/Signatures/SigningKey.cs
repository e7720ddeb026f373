using Qssh.Errors;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures;

/// <summary>
/// A private key ready to sign. Owns its secrets: dispose it. Signing may happen on several threads at once, disposing not meanwhile.
/// </summary>
internal abstract class SigningKey : IDisposable
{
    private readonly byte[] _publicKey;
    private readonly SecretBuffer _privateForm;

    /// <param name="publicKey">Kept, not copied.</param>
    /// <param name="privateForm">Copied.</param>
    protected SigningKey(SignatureAlgorithm algorithm, byte[] publicKey, ReadOnlySpan<byte> privateForm)
    {
        Algorithm = algorithm;
        _publicKey = publicKey;
        _privateForm = new SecretBuffer(privateForm);
    }

    public SignatureAlgorithm Algorithm { get; }

    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>The form that key files hold. Secret; valid until dispose.</summary>
    public ReadOnlySpan<byte> PrivateForm => _privateForm.Span;

    /// <summary>
    /// Signs with fresh randomness. The signature is verified from the public key alone before it is released: one that a hardware
    /// fault spoiled can reveal the key, so it is wiped and the key is taken out of use.
    /// </summary>
    /// <param name="signature">Exactly <see cref="SignatureAlgorithm.SignatureSize"/> bytes.</param>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Length, Algorithm.SignatureSize, nameof(signature));
        SignCore(message, signature);
        Declassified.Contents(signature);
        if (!Algorithm.Verify(_publicKey, message, signature))
        {
            ConstantTime.Wipe(signature);
            Dispose();
            throw new FailureException($"a fresh {Algorithm.Name} signature did not verify: this machine computes wrongly, or the key is damaged");
        }

        // The secrets are native memory: their finalizer must not run while SignCore still reads them.
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        _privateForm.Dispose();
        DisposeCore();
    }

    /// <param name="signature">Of the right length; may not overlap the message.</param>
    protected abstract void SignCore(ReadOnlySpan<byte> message, Span<byte> signature);

    /// <summary>Wipes what the key holds beyond the private form. May be called again.</summary>
    protected abstract void DisposeCore();
}
