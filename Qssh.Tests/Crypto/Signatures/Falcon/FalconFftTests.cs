using Qssh.Crypto.Signatures.Falcon;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

public sealed class FalconFftTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(64)]
    [InlineData(1024)]
    public void The_product_is_that_of_the_ring(int n)
    {
        int[] a = Polynomial(n);
        int[] b = Polynomial(n);
        long[] expected = new long[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                expected[(i + j) % n] += (i + j < n ? 1L : -1L) * a[i] * b[j];
        }

        NativeReal[] x = Transformed(a);
        FalconFftPolynomial<NativeReal>.Multiply(x, Transformed(b));
        FalconFft<NativeReal>.InverseTransform(x);
        Assert.Equal(expected, x.Select(NativeReal.Round));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(512)]
    public void Split_parts_even_and_odd_coefficients_and_merge_joins_them(int n)
    {
        int[] f = Polynomial(n);
        NativeReal[] even = new NativeReal[n / 2];
        NativeReal[] odd = new NativeReal[n / 2];
        NativeReal[] joined = new NativeReal[n];
        FalconFft<NativeReal>.Split(Transformed(f), even, odd);
        FalconFft<NativeReal>.Merge(even, odd, joined);
        FalconFft<NativeReal>.InverseTransform(joined);
        Assert.Equal(f.Select(x => (long)x), joined.Select(NativeReal.Round));
        if (n == 2)
            return;
        FalconFft<NativeReal>.InverseTransform(even);
        FalconFft<NativeReal>.InverseTransform(odd);
        Assert.Equal(f.Where((_, i) => i % 2 == 0).Select(x => (long)x), even.Select(NativeReal.Round));
        Assert.Equal(f.Where((_, i) => i % 2 == 1).Select(x => (long)x), odd.Select(NativeReal.Round));
    }

    /// <summary>The library's cosine may be off by a last bit; a wrong entry is off by far more.</summary>
    [Fact]
    public void The_cosines_are_right()
    {
        for (int k = 0; k <= 512; k++)
            Assert.Equal(Math.Cos(Math.PI * k / 1024), FalconCosines.Cosine(k), 4e-16);
    }

    private static NativeReal[] Transformed(int[] f)
    {
        NativeReal[] values = new NativeReal[f.Length];
        FalconFftPolynomial<NativeReal>.FromIntegers<int>(f, values);
        FalconFft<NativeReal>.Transform(values);
        return values;
    }

    private static int[] Polynomial(int n)
    {
        Random random = new(n);
        return [.. Enumerable.Range(0, n).Select(_ => random.Next(-10_000, 10_001))];
    }
}
