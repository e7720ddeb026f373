using Qssh.Crypto.Signatures.Falcon;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

public sealed class FalconNttTests
{
    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    public void The_product_is_that_of_the_ring(int n)
    {
        Random random = new(n);
        uint[] a = Polynomial(random, n);
        uint[] b = Polynomial(random, n);
        a.AsSpan(0, 4).Fill(FalconField.Q - 1);
        uint[] expected = new uint[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                uint product = FalconField.Multiply(a[i], b[j]);
                ref uint target = ref expected[(i + j) % n];
                target = i + j < n ? (target + product) % FalconField.Q : FalconField.Subtract(target, product);
            }
        }

        FalconNtt.Transform(a);
        FalconNtt.Transform(b);
        FalconNtt.MultiplyInto(a, b);
        FalconNtt.InverseTransform(a);
        Assert.Equal(expected, a);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    public void The_extremes_come_back(int n)
    {
        uint[] a = new uint[n];
        a.AsSpan().Fill(FalconField.Q - 1);
        uint[] expected = [.. a];
        FalconNtt.Transform(a);
        FalconNtt.InverseTransform(a);
        Assert.Equal(expected, a);
    }

    [Fact]
    public void Every_value_but_zero_has_an_inverse()
    {
        for (uint x = 1; x < FalconField.Q; x++)
            Assert.Equal(1u, FalconField.Multiply(x, FalconField.Invert(x)));
        Assert.Equal(0u, FalconField.Invert(0));
    }

    [Fact]
    public void Centred_values_are_congruent_and_small()
    {
        for (uint x = 0; x < FalconField.Q; x++)
        {
            int centred = FalconField.ToCentred(x);
            Assert.InRange(centred, -(FalconParameters.Q / 2), FalconParameters.Q / 2);
            Assert.Equal(x, FalconField.FromSigned(centred));
        }
    }

    private static uint[] Polynomial(Random random, int n)
    {
        uint[] values = new uint[n];
        foreach (ref uint value in values.AsSpan())
            value = (uint)random.Next(FalconParameters.Q);
        return values;
    }
}
