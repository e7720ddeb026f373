using Qssh.Crypto.Hashes;
using Qssh.Json;

namespace Qssh.Selftest.Vectors;

/// <summary>SHA-2, SHA-3, SHAKE and cSHAKE: plain cases and NIST's Monte Carlo and large-data tests.</summary>
internal static class HashCases
{
    private const int LargestOutput = 1 << 20;
    private const int RoundsOfMonteCarlo = 1000;

    private delegate void HashFunction(ReadOnlySpan<byte> data, Span<byte> hash);

    public static CaseVerdict Run(VectorCase test)
    {
        string function = test.Text("function");
        if (function.StartsWith("cSHAKE", StringComparison.Ordinal))
            return RunCustomized(test, function);
        (HashFunction? hash, int size) = Find(function);
        if (hash is null)
            return CaseVerdict.Skipped(function.Length == 0 ? throw new VectorShapeException("\"function\" is missing") : $"{function} is not built");
        return test.Text("testType") switch
        {
            "LDT" => LargeData.Run(test, function),
            "MCT" when size == 0 => ShakeMonteCarlo(test, hash),
            "MCT" when function.StartsWith("SHA3", StringComparison.Ordinal) => Sha3MonteCarlo(test, hash, size),
            "MCT" => Sha2MonteCarlo(test, hash, size),
            "AFT" or "VOT" or "" => Plain(test, hash),
            string other => throw new VectorShapeException($"\"testType\" {other} is unknown"),
        };
    }

    private static (HashFunction? Function, int Size) Find(string name) => name switch
    {
        "SHA2-256" => (Sha256.Hash, Sha256.Size),
        "SHA2-384" => (Sha384.Hash, Sha384.Size),
        "SHA2-512" => (Sha512.Hash, Sha512.Size),
        "SHA3-256" => (Sha3.Hash256, Sha3.Size256),
        "SHA3-384" => (Sha3.Hash384, Sha3.Size384),
        "SHA3-512" => (Sha3.Hash512, Sha3.Size512),
        "SHAKE-128" or "SHAKE128" => (Shake128.Hash, 0),
        "SHAKE-256" or "SHAKE256" => (Shake256.Hash, 0),
        _ => (null, 0),
    };

    private static CaseVerdict Plain(VectorCase test, HashFunction hash)
    {
        byte[] expected = test.RequiredHex("md"), message = test.Hex("msg");
        if (IsPartOfByte(test, "len") || IsPartOfByte(test, "msgBits"))
            return CaseVerdict.Skipped("not whole bytes");
        return test.Expect("md", Compute(hash, message, expected.Length));
    }

    private static CaseVerdict RunCustomized(VectorCase test, string function)
    {
        byte[] expected = test.RequiredHex("md");
        bool small = function is "cSHAKE-128" or "cSHAKE128";
        if (!small && function is not ("cSHAKE-256" or "cSHAKE256"))
            return CaseVerdict.Skipped($"{function} is not built");
        byte[] name = test.Ascii("functionName"), customization = test.Ascii("customization"), output = new byte[expected.Length];
        Keccak sponge = small ? CShake.Start128(name, customization) : CShake.Start256(name, customization);
        sponge.Absorb(test.Hex("msg"));
        sponge.Squeeze(output);
        return test.Expect("md", output);
    }

    /// <summary>ACVP SHA3: each round hashes its hash 1000 times.</summary>
    private static CaseVerdict Sha3MonteCarlo(VectorCase test, HashFunction hash, int size)
    {
        byte[] digest = test.RequiredHex("msg");
        foreach (JsonNode round in test.Items("resultsArray"))
        {
            for (int i = 0; i < RoundsOfMonteCarlo; i++)
                digest = Compute(hash, digest, size);
            CaseVerdict verdict = test.With(round).Expect("md", digest);
            if (verdict.Outcome != CaseOutcome.Passed)
                return verdict;
        }

        return CaseVerdict.Passed;
    }

    /// <summary>ACVP SHA2: md(i) = H(md(i-3) || md(i-2) || md(i-1)); in the alternate version the input is as long as the first message.</summary>
    private static CaseVerdict Sha2MonteCarlo(VectorCase test, HashFunction hash, int size)
    {
        byte[] seed = test.RequiredHex("msg");
        int length = seed.Length;
        bool alternate = test.Text("mctVersion") == "alternate";
        foreach (JsonNode round in test.Items("resultsArray"))
        {
            byte[] a = seed, b = seed, c = seed;
            for (int i = 0; i < RoundsOfMonteCarlo; i++)
            {
                byte[] message = [.. a, .. b, .. c];
                if (alternate)
                    Array.Resize(ref message, length);
                (a, b, c) = (b, c, Compute(hash, message, size));
            }

            CaseVerdict verdict = test.With(round).Expect("md", c);
            if (verdict.Outcome != CaseOutcome.Passed)
                return verdict;
            seed = c;
        }

        return CaseVerdict.Passed;
    }

    /// <summary>ACVP SHAKE: the input is the front of the last output, whose last two bytes say how long the next one is.</summary>
    private static CaseVerdict ShakeMonteCarlo(VectorCase test, HashFunction hash)
    {
        const int Input = 16;
        int minimum = test.Integer("minOutLen", 8 * LargestOutput) / 8, maximum = test.Integer("maxOutLen", 8 * LargestOutput) / 8;
        if (minimum < 2 || maximum < minimum)
            throw new VectorShapeException("\"minOutLen\" and \"maxOutLen\" do not fit");
        byte[] output = test.RequiredHex("msg");
        int length = maximum;
        foreach (JsonNode round in test.Items("resultsArray"))
        {
            for (int i = 0; i < RoundsOfMonteCarlo; i++)
            {
                byte[] input = new byte[Input];
                output.AsSpan(0, Math.Min(Input, output.Length)).CopyTo(input);
                output = Compute(hash, input, length);
                length = minimum + (((output[^2] << 8) | output[^1]) % (maximum - minimum + 1));
            }

            CaseVerdict verdict = test.With(round).Expect("md", output);
            if (verdict.Outcome != CaseOutcome.Passed)
                return verdict;
        }

        return CaseVerdict.Passed;
    }

    private static bool IsPartOfByte(VectorCase test, string name) => test.Has(name) && test.Integer(name, int.MaxValue) % 8 != 0;

    private static byte[] Compute(HashFunction hash, ReadOnlySpan<byte> message, int length)
    {
        byte[] output = new byte[length];
        hash(message, output);
        return output;
    }
}
