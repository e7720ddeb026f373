using Qssh.Crypto.Signatures.MlDsa;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.MlDsa;

/// <summary>The transform and the products: the fast path against the portable one, and both against plain polynomial arithmetic.</summary>
public sealed class MlDsaNttTests
{
    private const int Q = MlDsaParameters.Q;
    private const int N = MlDsaParameters.N;

    [Fact]
    public void The_table_is_that_of_appendix_b()
    {
        // zetas[1] to zetas[4] of the standard's table, here times 2^32.
        int[] published = [4808194, 3765607, 3761513, 5178923];
        for (int i = 0; i < published.Length; i++)
            Assert.Equal(Modulo((long)published[i] << 32), Modulo(MlDsaZetas.Forward[i + 1]));
        for (int m = 0; m < N; m++)
        {
            Assert.InRange(MlDsaZetas.Forward[m], -(Q / 2), Q / 2);
            Assert.Equal(1, Modulo((long)MlDsaField.MontgomeryReduce((long)MlDsaZetas.Forward[m] * MlDsaZetas.Inverse[m]) * Inverse2To32));
        }
    }

    [Fact]
    public void Both_paths_transform_alike()
    {
        Random random = new(3);
        for (int round = 0; round < 200; round++)
        {
            int[] fast = Polynomial(random, 2 * Q - 1, round);
            int[] portable = (int[])fast.Clone();
            MlDsaNtt.NTT(fast);
            MlDsaNtt.PortableNTT(portable);
            AssertCongruent(portable, fast);
            Assert.All(fast, coefficient => Assert.InRange(coefficient, -10 * Q, 10 * Q));

            fast = Polynomial(random, Q - 1, round);
            portable = (int[])fast.Clone();
            MlDsaNtt.InverseNTT(fast);
            MlDsaNtt.PortableInverseNTT(portable);
            AssertCongruent(portable, fast);
            Assert.All(fast, coefficient => Assert.InRange(coefficient, -Q + 1, Q - 1));
        }
    }

    [Fact]
    public void Both_paths_multiply_rows_alike()
    {
        Random random = new(4);
        for (int round = 0; round < 100; round++)
        {
            int length = 1 + (round % MlDsaParameters.LargestL);
            int[] row = [.. Enumerable.Range(0, length).SelectMany(_ => Polynomial(random, Q - 1, round))];
            int[] vector = [.. Enumerable.Range(0, length).SelectMany(_ => Polynomial(random, (10 * Q) - 1, round))];
            int[] fast = new int[N];
            int[] portable = new int[N];
            MlDsaMatrix.RowVectorNTT(row, vector, fast);
            MlDsaMatrix.PortableRow(row, vector, portable);
            Assert.Equal(portable, fast);
            Assert.All(fast, coefficient => Assert.InRange(coefficient, -Q + 1, Q - 1));
        }
    }

    /// <summary>The product in the ring Z_q[X] / (X^256 + 1), computed as one learns it at school.</summary>
    [Fact]
    public void A_product_of_transforms_is_the_transform_of_the_product()
    {
        Random random = new(5);
        int[] a = Polynomial(random, Q - 1, 1);
        int[] b = Polynomial(random, Q - 1, 1);
        int[] expected = new int[N];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
            {
                long product = Modulo((long)a[i] * b[j]);
                int place = (i + j) % N;
                expected[place] = (int)Modulo(expected[place] + (i + j < N ? product : -product));
            }
        }

        MlDsaNtt.NTT(a);
        MlDsaNtt.NTT(b);
        int[] actual = new int[N];
        MlDsaMatrix.MultiplyNTT(a, b, actual);
        MlDsaNtt.InverseNTT(actual);
        AssertCongruent(expected, actual);
    }

    /// <summary>2^-32 mod q, so that a double Montgomery factor can be taken off.</summary>
    private static long Inverse2To32 => Modulo(MlDsaField.MontgomeryReduce(1));

    /// <summary>Random, or every coefficient at the bound, or at its negative, or alternating.</summary>
    private static int[] Polynomial(Random random, int bound, int round)
    {
        int[] polynomial = new int[N];
        for (int i = 0; i < N; i++)
        {
            polynomial[i] = (round % 5) switch
            {
                0 => bound,
                2 => -bound,
                3 => i % 2 == 0 ? bound : -bound,
                _ => random.Next(-bound, bound + 1),
            };
        }

        return polynomial;
    }

    private static void AssertCongruent(int[] expected, int[] actual)
    {
        for (int i = 0; i < N; i++)
            Assert.Equal(Modulo(expected[i]), Modulo(actual[i]));
    }

    private static long Modulo(long value) => ((value % Q) + Q) % Q;
}
