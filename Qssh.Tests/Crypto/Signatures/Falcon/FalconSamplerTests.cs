using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures.Falcon;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

/// <summary>Mean and variance of SamplerZ, and that both kinds of reals draw the same. The exact stream is fixed by the known answers.</summary>
public sealed class FalconSamplerTests
{
    private const int Samples = 40_000;

    [Theory]
    [InlineData(0.0, 1.3)]
    [InlineData(0.5, 1.7)]
    [InlineData(-91.90471153063714, 1.7037990414754918)]
    [InlineData(8322.9, 1.8204)]
    public void Samples_have_the_mean_and_the_deviation(double mu, double sigma)
    {
        long[] samples = Draw<NativeReal>(mu, sigma, Samples);
        double mean = samples.Average();
        double variance = samples.Average(x => (x - mean) * (x - mean));
        // Five standard errors.
        Assert.InRange(mean - mu, -5 * sigma / Math.Sqrt(Samples), 5 * sigma / Math.Sqrt(Samples));
        Assert.InRange(variance / (sigma * sigma), 1 - (5 * Math.Sqrt(2.0 / Samples)), 1 + (5 * Math.Sqrt(2.0 / Samples)));
        Assert.Equal(samples[..1000], Draw<EmulatedReal>(mu, sigma, 1000));
    }

    private static long[] Draw<T>(double mu, double sigma, int count)
        where T : unmanaged, IFalconReal<T>
    {
        Keccak source = Keccak.Shake256();
        source.Absorb("sampler"u8);
        FalconSampler<T> sampler = new(ref source, FalconParameters.Falcon512.SigmaMinimum, new byte[FalconSampler<T>.WorkspaceSize]);
        long[] samples = new long[count];
        for (int i = 0; i < count; i++)
            samples[i] = sampler.Sample(T.FromConstant(mu), T.FromConstant(1 / sigma));
        return samples;
    }
}
