using Qssh.Crypto.Signatures;
using Qssh.Crypto.Signatures.MlDsa;
using Qssh.Crypto.Signatures.SlhDsa;
using Qssh.Selftest.Vectors;
using static Qssh.Selftest.Answers.Answer;

namespace Qssh.Selftest.Answers;

/// <summary>
/// Signatures: ML-DSA by the accumulated runs of C2SP/CCTV, SLH-DSA by NIST's cases (ACVP SLH-DSA-keyGen and -sigGen-FIPS205), Falcon by the
/// first known answer of its submission, dual keys by what must and must not verify.
/// </summary>
internal static class SignatureAnswers
{
    private const int Iterations = 100;

    public static void AddTo(List<KnownAnswer> all)
    {
        all.Add(new KnownAnswer("ML-DSA-44", () => Is(MlDsaCases.Accumulate(MlDsaParameters.MlDsa44, Iterations), "d51148e1f9f4fa1a723a6cf42e25f2a99eb5c1b378b3d2dbbd561b1203beeae4")));
        all.Add(new KnownAnswer("ML-DSA-65", () => Is(MlDsaCases.Accumulate(MlDsaParameters.MlDsa65, Iterations), "8358a1843220194417cadbc2651295cd8fc65125b5a5c1a239a16dc8b57ca199")));
        all.Add(new KnownAnswer("ML-DSA-87", () => Is(MlDsaCases.Accumulate(MlDsaParameters.MlDsa87, Iterations), "8c3ad714777622b8f21ce31bb35f71394f23bc0fcf3c78ace5d608990f3b061b")));
        AddSlhDsa(all);
        FalconAnswers.AddTo(all);
        all.Add(new KnownAnswer("dual key falcon512+slhdsa-shake-128s", Dual));
    }

    private static void AddSlhDsa(List<KnownAnswer> all)
    {
        all.Add(new KnownAnswer("SLH-DSA-SHAKE-128s, key", () => Root(SlhDsaParameters.Shake128s, "c151951f3811029239b74add24c506afdd30363e156e6fe936ec6ed0231feb5c529ffe86200d1f32c2b60d0cd909f190", "0761f9b727afa724b47223016bb5b2ba")));
        all.Add(new KnownAnswer("SLH-DSA-SHAKE-128f, key", () => Root(SlhDsaParameters.Shake128f, "3956ab391b4d22fc907af0740326d061ab0eb206436f2b86ebe086d77739b3e456505c229f4e7fa6b201714c7dcc9da3", "66578f1f24c3fe371c97c14ce0e79cdc")));
        all.Add(new KnownAnswer("SLH-DSA-SHAKE-192s, key", () => Root(SlhDsaParameters.Shake192s, "8732621860e9a6e1887be55f7af692b98eb4c10b2599f94ad5cc9d6470d8b21136158e8b1710f1fbe03eced37ed4ac6853fc64d46d7e1653ebbb36ed5fbc12c6e7cef3cb756482c8", "c620452e864e8497e1b38a7b04449219acd9e4393f9c88ef")));
        all.Add(new KnownAnswer("SLH-DSA-SHAKE-256s, key", () => Root(SlhDsaParameters.Shake256s, "ff420738e8d002d6ebb6498d49ce701a7d8f96dd39bb7c63f483cb8e293b50ee5bbc9afa8c535099a58c2f9033d0f41f655a9e2ac762c26596caea3feae27a40cb9b3e97ef503ded116f0e3643c96aa737c0efe6cae437a5303da5b363f9bc39", "0fa14285aa9997c812438eadc1b3f71f2323f2ca094e0540b73a91cd831b1120")));
        all.Add(new KnownAnswer("SLH-DSA-SHAKE-128f, signature", () => Sign(
            SlhDsaParameters.Shake128f,
            "8b78a871c8be28e849ee3c3949f8e12c5854dac1ee1c13dae99791d21a779fba5742bbe466d060c9c7b57da26396f66abaed26903d4d3561153ae85ef5f4015f",
            "83e2467064e0068ef84ad3816918f7b2926945c4ac1ab2dfcb6381e4f65a00e3ef79b2e4f29133ee8b19e7e5de7f048cece3cad9fb595835c6390198ce91a8df2fb1006da5e3955d42401e044f7918cdfc4f769f3a3095f0e657c887ef762faa1d365ef74c00dc6282050990493e8d8fc1f10ffd3cc6168ea94d6d814617624cd06842dd09dabe0b4db26550be3e3d54d90f9f52c2ff12601467d10a0b2a15e755c8ce8792669f6043d2fd4e262af67a5779ac5cffb8159fefd543a83a01dd4b008b7bb5b894cd856b9e0ad79f013557100c0ce9751573d07e871b5fec0aff4daa9d4f5c82068663622171738893270b3430b2394f88e850e7fdbc",
            "3f",
            "9e5173f13b72f4b3cf93b46c8ef599f8be5d3ec68cf43dc522a1ee84b6c2fc50")));
        all.Add(new KnownAnswer("SLH-DSA-SHAKE-128s, signature", () => Sign(
            SlhDsaParameters.Shake128s,
            "1cf0849eef53f932a4db4bc1fc236622ef5803e521b3ebe437827ef49961f8882e3a575b3e6136284d5ed0b96f5c54693b0a6d8dc6e4adac66a546d3eec7b9bc",
            "7e5dab6ce1962b82363446d0297b41065b1e664e36d38ed69846f9c7eef8636050ca14131640c2f1b34a48d299cb8ff968c95b42a142769371c2aca488dfcc7e06e09cb874a9d0b7600791ac66ff9845ea81a6bb776940ec8289bde6f723f945f6afd23210797b0e84d2ace22ef81c2fa9a4c78124c32dd812ac31efb8548a0ce9c0a5832f41eab103cb7fa4425298b478763b812fe3059c320174fa2b7eda0477ee34c7ac95a5e526f7642a5f5fd986a75d6e925901fb1e885118d42710a968f5df041cd94011e70995832b018eed4ad59b0bd4e7cfe37c0a0e08",
            "bd",
            "68d362e6315b464a341e0eb45aa1c00a743393b55b4d3541f9c0a2281823ee41")));
    }

    /// <param name="root">PK.root.</param>
    private static bool Root(SlhDsaParameters parameters, string seeds, string root)
    {
        using SlhDsaPrivateKey key = SlhDsaPrivateKey.FromSeeds(parameters, Hex(seeds));
        return Is(key.PublicKey[parameters.N..], root);
    }

    /// <summary>Deterministic; also verified, whole and with one bit changed.</summary>
    private static bool Sign(SlhDsaParameters parameters, string encoded, string context, string message, string sha256)
    {
        using SlhDsaPrivateKey key = SlhDsaPrivateKey.Decode(parameters, Hex(encoded))!;
        byte[] signature = new byte[parameters.SignatureSize], digest = new byte[32], ctx = Hex(context), m = Hex(message);
        SlhDsaFunctions.SignDerandomized(key, ctx, m, key.PkSeed, signature);
        Crypto.Hashes.Sha256.Hash(signature, digest);
        bool holds = Is(digest, sha256) && SlhDsaFunctions.Verify(parameters, key.PublicKey, ctx, m, signature);
        signature[^1] ^= 1;
        return holds && !SlhDsaFunctions.Verify(parameters, key.PublicKey, ctx, m, signature);
    }

    /// <summary>Both parts are known above: here, that each of them alone is not enough.</summary>
    private static bool Dual()
    {
        DualAlgorithm dual = (DualAlgorithm)SignatureAlgorithm.Find(SignatureScheme.Falcon512SlhDsa128s)!;
        using SigningKey key = dual.KeyFromSeed(Ascending(1, dual.SeedSize));
        byte[] signature = new byte[dual.SignatureSize];
        key.Sign("text"u8, signature);
        bool holds = dual.Verify(key.PublicKey, "text"u8, signature) && !dual.Verify(key.PublicKey, "test"u8, signature);
        foreach (int place in (int[])[DualAlgorithm.LengthSize + 100, signature.Length - 100])
        {
            signature[place] ^= 1;
            holds &= !dual.Verify(key.PublicKey, "text"u8, signature);
            signature[place] ^= 1;
        }

        return holds;
    }
}
