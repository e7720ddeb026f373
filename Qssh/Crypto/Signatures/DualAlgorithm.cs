using System.Buffers.Binary;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures;

/// <summary>
/// Two schemes as one (docs/protocol.md, section 1): keys are joined, each signature follows its length in 16 bits, and both must verify.
/// What is signed names the dual scheme (suite or key type), so that a part taken out of a dual signature means nothing elsewhere.
/// </summary>
internal sealed class DualAlgorithm(SignatureScheme scheme, SignatureAlgorithm first, SignatureAlgorithm second) : SignatureAlgorithm(scheme)
{
    public const int LengthSize = sizeof(ushort);

    public SignatureAlgorithm First => first;

    public SignatureAlgorithm Second => second;

    public override int PrivateKeySize => first.PrivateKeySize + second.PrivateKeySize;

    public override int SeedSize => first.SeedSize + second.SeedSize;

    protected override SigningKey KeyFromSeedCore(ReadOnlySpan<byte> seed)
    {
        SigningKey one = first.KeyFromSeed(seed[..first.SeedSize]);
        return Join(one, second.KeyFromSeed(seed[first.SeedSize..]));
    }

    protected override SigningKey? LoadKeyCore(ReadOnlySpan<byte> privateForm)
    {
        SigningKey? one = first.LoadKey(privateForm[..first.PrivateKeySize]);
        SigningKey? two = second.LoadKey(privateForm[first.PrivateKeySize..]);
        if (one is not null && two is not null)
            return Join(one, two);
        one?.Dispose();
        two?.Dispose();
        return null;
    }

    protected override bool VerifyCore(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!TryTake(ref signature, first.SignatureSize, out ReadOnlySpan<byte> one) || !TryTake(ref signature, second.SignatureSize, out ReadOnlySpan<byte> two))
            return false;
        return signature.IsEmpty && first.Verify(publicKey[..first.PublicKeySize], message, one) && second.Verify(publicKey[first.PublicKeySize..], message, two);
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, int size, out ReadOnlySpan<byte> part)
    {
        part = default;
        if (rest.Length < LengthSize + size || BinaryPrimitives.ReadUInt16BigEndian(rest) != size)
            return false;
        part = rest.Slice(LengthSize, size);
        rest = rest[(LengthSize + size)..];
        return true;
    }

    private DualSigningKey Join(SigningKey one, SigningKey two)
    {
        using SecretBuffer privateForm = new(PrivateKeySize);
        one.PrivateForm.CopyTo(privateForm.Span);
        two.PrivateForm.CopyTo(privateForm.Span[first.PrivateKeySize..]);
        return new DualSigningKey(this, one, two, privateForm.Span);
    }
}

/// <summary>Signs with both keys, which it owns.</summary>
internal sealed class DualSigningKey(DualAlgorithm algorithm, SigningKey first, SigningKey second, ReadOnlySpan<byte> privateForm)
    : SigningKey(algorithm, [.. first.PublicKey, .. second.PublicKey], privateForm)
{
    protected override void SignCore(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        Span<byte> rest = Sign(first, message, signature);
        Sign(second, message, rest);
    }

    protected override void DisposeCore()
    {
        first.Dispose();
        second.Dispose();
    }

    private static Span<byte> Sign(SigningKey key, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        int size = key.Algorithm.SignatureSize;
        BinaryPrimitives.WriteUInt16BigEndian(signature, (ushort)size);
        key.Sign(message, signature.Slice(DualAlgorithm.LengthSize, size));
        return signature[(DualAlgorithm.LengthSize + size)..];
    }
}
