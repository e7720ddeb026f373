using Qssh.Crypto.Kem;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Kem;

/// <summary>Every value on the way through one run (C2SP/CCTV), from rho and sigma on.</summary>
public sealed class MlKemIntermediateTests
{
    [Theory]
    [InlineData("mlkem/cctv-intermediate-768.txt", 3)]
    [InlineData("mlkem/cctv-intermediate-1024.txt", 4)]
    public void Every_step(string file, int k)
    {
        ILookup<string, byte[]> values = Read(file);
        MlKem kem = k == 3 ? MlKem.MlKem768 : MlKem.MlKem1024;
        CheckSampling(values, k);
        byte[] ek = values["ek"].First(), secret = new byte[32], c = new byte[kem.Parameters.CiphertextSize];
        using MlKemKey key = MlKemKey.Import(kem.Parameters, values["dk"].First())!;
        Assert.Equal(ek, key.EncapsulationKey.ToArray());
        Assert.True(kem.EncapsInternal(ek, values["m"].First(), secret, c));
        Assert.Equal(values["K"].First(), secret);
        Assert.Equal(values["c"].First(), c);
        Assert.True(key.Decaps(c, secret));
        Assert.Equal(values["K"].First(), secret);
    }

    private static void CheckSampling(ILookup<string, byte[]> values, int k)
    {
        short[] matrix = new short[k * k * MlKemParameters.N];
        Sampling.Matrix(values["ρ"].First(), k, matrix);
        Assert.Equal(values["A"].First(), Encode(matrix));
        CheckNoise(values["σ"].First(), 0, values["s"].First(), values["dkPKE = NTT(s)"].First());
        CheckNoise(values["σ"].First(), k, values["e"].First(), values["NTT(e)"].First());
        byte[] coins = values["r"].First();
        CheckNoise(coins, 0, values["r"].Last(), values["NTT(r)"].First());
        CheckNoise(coins, k, values["e1"].First(), null);
        CheckNoise(coins, 2 * k, values["e2"].First(), null);
    }

    private static void CheckNoise(byte[] seed, int nonce, byte[] expected, byte[]? transformed)
    {
        short[] f = new short[expected.Length / MlKemParameters.PolynomialSize * MlKemParameters.N];
        Sampling.Noise(seed, nonce, f);
        Assert.Equal(expected, Encode(f));
        if (transformed is null)
            return;
        for (int i = 0; i < f.Length; i += MlKemParameters.N)
            Ntt.Forward(f.AsSpan(i, MlKemParameters.N));
        Assert.Equal(transformed, Encode(f));
    }

    private static byte[] Encode(short[] f)
    {
        short[] canonical = (short[])f.Clone();
        Polynomials.MakeCanonical(canonical);
        byte[] bytes = new byte[f.Length / MlKemParameters.N * MlKemParameters.PolynomialSize];
        ByteCoding.ByteEncode12(canonical, bytes);
        return bytes;
    }

    /// <summary>Lines "name = hex"; lists of numbers are left out.</summary>
    private static ILookup<string, byte[]> Read(string file) => File.ReadLines(Vectors.FullPath(file))
        .Select(line => (Name: line[..line.LastIndexOf(" = ", StringComparison.Ordinal)], Value: line[(line.LastIndexOf(" = ", StringComparison.Ordinal) + 3)..]))
        .Where(entry => !entry.Value.StartsWith('{'))
        .ToLookup(entry => entry.Name, entry => Convert.FromHexString(entry.Value));
}
