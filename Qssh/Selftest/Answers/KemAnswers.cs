using Qssh.Crypto.Curves;
using Qssh.Crypto.Kem;
using Qssh.Selftest.Vectors;
using static Qssh.Selftest.Answers.Answer;

namespace Qssh.Selftest.Answers;

/// <summary>Key agreement: RFC 7748, the accumulated runs of C2SP/CCTV, and the published answers of CH-KEM and X-Wing.</summary>
internal static class KemAnswers
{
    private const int Iterations = 100;

    public static void AddTo(List<KnownAnswer> all)
    {
        all.Add(new KnownAnswer("X25519", () => Curve<PairLadder>(PairLadder.IsSupported)));
        all.Add(new KnownAnswer("X25519, portable", () => Curve<PortableLadder>(true)));
        all.Add(new KnownAnswer("ML-KEM-768", () => Is(MlKemCases.Accumulate(MlKem.MlKem768, Iterations), "1114b1b6699ed191734fa339376afa7e285c9e6acf6ff0177d346696ce564415")));
        all.Add(new KnownAnswer("ML-KEM-1024", () => Is(MlKemCases.Accumulate(MlKem.MlKem1024, Iterations), "800018fec3e2723f73f1d657fe239b4d5d8782efaade297e8cd448e54cc2ac00")));
        all.Add(new KnownAnswer("CH-KEM-1024", Ch1024));
        all.Add(new KnownAnswer("CH-KEM-768, both sides agree", () => Agree(KemId.ChKem768, Ascending(1, 96), [.. Ascending(0x40, 32), .. Ascending(0x80, 32)], EncapsulatorRole.Client) is not null));
        all.Add(new KnownAnswer("X-Wing", XWing));
    }

    /// <summary>RFC 7748, section 5.2, the first vector; a point of small order must be reported.</summary>
    private static bool Curve<T>(bool isSupported)
        where T : struct, IMontgomeryLadder<T>
    {
        if (!isSupported)
            return true;
        byte[] result = new byte[X25519.Size];
        X25519.Multiply<T>(
            Hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"), Hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"), result);
        return Is(result, "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552") && !X25519.Agree(Ascending(1, 32), new byte[32], result);
    }

    private static bool Ch1024()
    {
        byte[] seed = Ascending(1, 96), encapSeed = [.. Ascending(0x40, 32), .. Ascending(0x80, 32)];
        byte[]? server = Agree(KemId.ChKem1024, seed, encapSeed, EncapsulatorRole.Server);
        byte[]? client = Agree(KemId.ChKem1024, seed, encapSeed, EncapsulatorRole.Client);
        return server is not null && client is not null
            && Is(server, "9c1780e11688e3746404fc213a62942cd508aee909ed9317bb2a6fb4b84c93179cbfa6edfeb1c4fce6789551d427467c90d333320a05eccb6a7b1a63c244ec3e")
            && Is(client.AsSpan(32), "331de0aaac2839dca27be5ec34842b0e8dfaeeb89f4f75d01196d2539da84373");
    }

    private static bool XWing() =>
        Agree(KemId.XWing, Ascending(1, 32), Ascending(0x40, 64), EncapsulatorRole.Server) is { } z
        && Is(z.AsSpan(32), "248e9eb0172969569b04671542bc2d6e84b88a001b91d15428d5ffdaa3e23864");

    /// <returns>Null: the sides do not agree, or a damaged ciphertext gives the same secret.</returns>
    private static byte[]? Agree(KemId id, byte[] seed, byte[] encapSeed, EncapsulatorRole role)
    {
        HybridKem kem = HybridKem.Find((byte)id)!;
        using HybridKemKey key = kem.KeyFromSeed(seed);
        byte[] c = new byte[kem.CiphertextSize], z = new byte[HybridKem.SecretSize], same = new byte[HybridKem.SecretSize];
        bool agreed = kem.EncapsulateDerandomized(key.Share, role, encapSeed, c, z) && key.Decapsulate(c, role, same) && same.AsSpan().SequenceEqual(z);
        c[100] ^= 1;
        return agreed && key.Decapsulate(c, role, same) && !same.AsSpan().SequenceEqual(z) ? z : null;
    }
}
