using Qssh.Crypto.Rng;
using Qssh.Crypto.Signatures.Falcon;
using Qssh.Crypto.Signatures.MlDsa;
using Qssh.Crypto.Signatures.SlhDsa;
using Qssh.Errors;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures;

/// <summary>
/// A signature scheme that this build computes. Signing and verifying take whole messages, the pure form with an empty context
/// (docs/protocol.md, section 1).
/// </summary>
internal abstract class SignatureAlgorithm
{
    private static readonly SignatureAlgorithm[] s_all = BuildAll();

    private readonly SignatureEntry _entry;

    protected SignatureAlgorithm(SignatureScheme scheme) =>
        _entry = SignatureRegistry.Find(scheme) ?? throw new ArgumentOutOfRangeException(nameof(scheme));

    /// <summary>What this build computes, in the order of the codes.</summary>
    public static IReadOnlyList<SignatureAlgorithm> All => s_all;

    /// <summary>Their names, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(s_all, algorithm => algorithm.Name);

    public SignatureScheme Scheme => _entry.Scheme;

    public string Name => _entry.Name;

    public string Family => _entry.Family;

    public int PublicKeySize => _entry.PublicKeySize;

    /// <summary>Size of the form that key files hold.</summary>
    public abstract int PrivateKeySize { get; }

    /// <summary>Random bytes that make a key.</summary>
    public abstract int SeedSize { get; }

    public int SignatureSize => _entry.SignatureSize;

    /// <summary>Has a hash-based part: signing takes up to a second.</summary>
    public bool IsSlow => Family is "SLH-DSA" or "dual";

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
        using SecretBuffer draws = new(SeedSize + RandomCheck.WitnessSize);
        fill(draws.Span[..SeedSize]);
        fill(draws.Span[SeedSize..]);
        if (!RandomCheck.IsPlausible(draws.Span))
            throw new FailureException("the system's random generator repeats itself: no key was made");
        return KeyFromSeed(draws.Span[..SeedSize]);
    }

    /// <summary>Any seed makes a key, and the same one on every machine.</summary>
    /// <param name="seed">Exactly <see cref="SeedSize"/> bytes.</param>
    internal SigningKey KeyFromSeed(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedSize, nameof(seed));
        return KeyFromSeedCore(seed);
    }

    /// <returns>Null: malformed.</returns>
    public SigningKey? LoadKey(ReadOnlySpan<byte> privateForm) => privateForm.Length == PrivateKeySize ? LoadKeyCore(privateForm) : null;

    /// <summary>False for anything but a valid signature, wrong lengths included.</summary>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Length == PublicKeySize && signature.Length == SignatureSize && VerifyCore(publicKey, message, signature);

    public override string ToString() => Name;

    protected abstract SigningKey KeyFromSeedCore(ReadOnlySpan<byte> seed);

    /// <param name="privateForm">Exactly <see cref="PrivateKeySize"/> bytes.</param>
    protected abstract SigningKey? LoadKeyCore(ReadOnlySpan<byte> privateForm);

    private static SignatureAlgorithm[] BuildAll()
    {
        FalconAlgorithm falcon512 = new(FalconParameters.Falcon512);
        FalconAlgorithm falcon1024 = new(FalconParameters.Falcon1024);
        MlDsaAlgorithm mlDsa65 = new(MlDsaParameters.MlDsa65);
        MlDsaAlgorithm mlDsa87 = new(MlDsaParameters.MlDsa87);
        SlhDsaAlgorithm shake128s = new(SignatureScheme.SlhDsaShake128s);
        SlhDsaAlgorithm shake192s = new(SignatureScheme.SlhDsaShake192s);
        SlhDsaAlgorithm shake256s = new(SignatureScheme.SlhDsaShake256s);
        return
        [
            falcon512,
            falcon1024,
            new MlDsaAlgorithm(MlDsaParameters.MlDsa44),
            mlDsa65,
            mlDsa87,
            shake128s,
            new SlhDsaAlgorithm(SignatureScheme.SlhDsaShake128f),
            shake192s,
            shake256s,
            new DualAlgorithm(SignatureScheme.Falcon512SlhDsa128s, falcon512, shake128s),
            new DualAlgorithm(SignatureScheme.MlDsa65SlhDsa192s, mlDsa65, shake192s),
            new DualAlgorithm(SignatureScheme.Falcon1024SlhDsa256s, falcon1024, shake256s),
            new DualAlgorithm(SignatureScheme.MlDsa87SlhDsa256s, mlDsa87, shake256s),
            new DualAlgorithm(SignatureScheme.MlDsa65SlhDsa128s, mlDsa65, shake128s),
        ];
    }

    /// <summary>Both lengths are right.</summary>
    protected abstract bool VerifyCore(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
