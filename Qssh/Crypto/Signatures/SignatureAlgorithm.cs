using Qssh.Crypto.Rng;
using Qssh.Crypto.Signatures.MlDsa;
using Qssh.Errors;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures;

/// <summary>
/// A signature scheme that this build computes. Signing and verifying take whole messages, the pure form with an empty context
/// (docs/protocol.md, section 1).
/// </summary>
internal abstract class SignatureAlgorithm
{
    private static readonly SignatureAlgorithm[] s_all =
    [
        new MlDsaAlgorithm(MlDsaParameters.MlDsa44),
        new MlDsaAlgorithm(MlDsaParameters.MlDsa65),
        new MlDsaAlgorithm(MlDsaParameters.MlDsa87),
    ];

    private readonly SignatureEntry _entry;

    protected SignatureAlgorithm(SignatureScheme scheme) =>
        _entry = SignatureRegistry.Find(scheme) ?? throw new ArgumentOutOfRangeException(nameof(scheme));

    /// <summary>What this build computes, in the order of the codes.</summary>
    public static IReadOnlyList<SignatureAlgorithm> All => s_all;

    public SignatureScheme Scheme => _entry.Scheme;

    public string Name => _entry.Name;

    public string Family => _entry.Family;

    public int PublicKeySize => _entry.PublicKeySize;

    /// <summary>Size of the form that key files hold.</summary>
    public abstract int PrivateKeySize { get; }

    public int SignatureSize => _entry.SignatureSize;

    public bool FipsApproved => _entry.FipsApproved;

    /// <returns>Null for a code that is unknown or not in this build.</returns>
    public static SignatureAlgorithm? Find(SignatureScheme scheme)
    {
        foreach (SignatureAlgorithm algorithm in s_all)
        {
            if (algorithm.Scheme == scheme)
                return algorithm;
        }

        return null;
    }

    /// <returns>Null for a name that is unknown or not in this build; <see cref="IsKnownName"/> tells the two apart.</returns>
    public static SignatureAlgorithm? FindByName(string name)
    {
        foreach (SignatureAlgorithm algorithm in s_all)
        {
            if (algorithm.Name == name)
                return algorithm;
        }

        return null;
    }

    /// <summary>Whether the name has a code, in this build or not.</summary>
    public static bool IsKnownName(string name) => SignatureRegistry.FindByName(name) is not null;

    /// <returns>Why a classical scheme is refused, or null when the name is not one.</returns>
    public static string? ClassicalReason(string name) => ClassicalNames.Reason(name);

    /// <exception cref="FailureException">The system's generator has plainly failed.</exception>
    public SigningKey GenerateKey() => GenerateKey(SystemRandom.Fill);

    /// <param name="fill">The generator; another one than the system's for tests only.</param>
    internal SigningKey GenerateKey(FillBytes fill)
    {
        using SecretBuffer draws = new(PrivateKeySize + RandomCheck.WitnessSize);
        fill(draws.Span[..PrivateKeySize]);
        fill(draws.Span[PrivateKeySize..]);
        if (!RandomCheck.IsPlausible(draws.Span))
            throw new FailureException("the system's random generator repeats itself: no key was made");
        ReadOnlySpan<byte> privateForm = draws.Span[..PrivateKeySize];
        return LoadKey(privateForm) ?? throw new InvalidOperationException("a fresh private form was refused");
    }

    /// <returns>Null: malformed.</returns>
    public SigningKey? LoadKey(ReadOnlySpan<byte> privateForm) => privateForm.Length == PrivateKeySize ? LoadKeyCore(privateForm) : null;

    /// <summary>False for anything but a valid signature, wrong lengths included.</summary>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Length == PublicKeySize && signature.Length == SignatureSize && VerifyCore(publicKey, message, signature);

    public override string ToString() => Name;

    /// <param name="privateForm">Exactly <see cref="PrivateKeySize"/> bytes.</param>
    protected abstract SigningKey? LoadKeyCore(ReadOnlySpan<byte> privateForm);

    /// <summary>Both lengths are right.</summary>
    protected abstract bool VerifyCore(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
