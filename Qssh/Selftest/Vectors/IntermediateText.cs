using System.Text;
using Qssh.Crypto.Kem;
using Qssh.Json;

namespace Qssh.Selftest.Vectors;

/// <summary>
/// CCTV's text of every intermediate value of ML-KEM: lines <c>name = hex</c>, and lists of numbers in braces, which are left out. What is
/// checked is what comes in and goes out: ek, dk, m, c and K.
/// </summary>
internal static class IntermediateText
{
    private const int LongestName = 40;

    /// <returns>Null if the text has another shape.</returns>
    public static CaseVerdict? Run(ReadOnlySpan<byte> text)
    {
        Dictionary<string, byte[]> values = [];
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            int equals = line.LastIndexOf(" = "u8);
            if (line.IsEmpty || line.IndexOf(" = {"u8) is > 0 and <= LongestName)
                continue;
            if (equals is <= 0 or > LongestName || !TryDecode(line[(equals + 3)..], out byte[] value))
                return null;
            values.TryAdd(Encoding.UTF8.GetString(line[..equals]), value);
        }

        MlKem? kem = !values.TryGetValue("ek", out byte[]? ek) ? null : Set(ek.Length);
        return kem is not null && values.TryGetValue("dk", out byte[]? dk) && values.TryGetValue("m", out byte[]? m)
            && values.TryGetValue("c", out byte[]? c) && values.TryGetValue("K", out byte[]? k) && m.Length == MlKemParameters.SeedSize
            ? Check(kem, ek!, dk, m, c, k)
            : null;
    }

    private static MlKem? Set(int size) =>
        size == MlKemParameters.MlKem768.EncapsulationKeySize ? MlKem.MlKem768
        : size == MlKemParameters.MlKem1024.EncapsulationKeySize ? MlKem.MlKem1024 : null;

    private static CaseVerdict Check(MlKem kem, byte[] ek, byte[] dk, byte[] m, byte[] c, byte[] k)
    {
        using MlKemKey? key = MlKemKey.Import(kem.Parameters, dk);
        if (key is null)
            return CaseVerdict.Failed("dk is refused");
        byte[] ciphertext = new byte[kem.Parameters.CiphertextSize], secret = new byte[MlKem.SharedSecretSize], same = new byte[MlKem.SharedSecretSize];
        bool holds = kem.EncapsInternal(ek, m, secret, ciphertext) && key.Decaps(c, same);
        return CaseVerdict.Of(key.EncapsulationKey.SequenceEqual(ek), "another ek").And(CaseVerdict.Of(ciphertext.AsSpan().SequenceEqual(c), "another c"))
            .And(CaseVerdict.Of(holds && secret.AsSpan().SequenceEqual(k) && same.AsSpan().SequenceEqual(k), "another K"));
    }

    private static bool TryDecode(ReadOnlySpan<byte> hex, out byte[] value)
    {
        value = new byte[hex.Length / 2];
        return hex.Length % 2 == 0 && VectorCase.TryDecode(hex, value);
    }
}
