using System.Buffers.Text;
using System.Text.Json;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures.MlDsa;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.MlDsa;

/// <summary>Rounding and hints over the whole field: against the text of the standard, and against one published hash.</summary>
public sealed class MlDsaRoundingTests
{
    private const int Q = MlDsaParameters.Q;
    private const int N = MlDsaParameters.N;

    /// <summary>Algorithm 36 as it is written, with divisions.</summary>
    private static (int R1, int R0) DecomposeAsWritten(int r, int gamma2)
    {
        int alpha = 2 * gamma2;
        int r0 = r % alpha;
        if (r0 > gamma2)
            r0 -= alpha;
        return r - r0 == Q - 1 ? (0, r0 - 1) : ((r - r0) / alpha, r0);
    }

    [Theory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    public void Every_r_decomposes_as_written(string set)
    {
        MlDsaParameters parameters = MlDsaCase.Parameters(set);
        Span<int> r = stackalloc int[N];
        Span<int> r1 = stackalloc int[N];
        Span<int> r0 = stackalloc int[N];
        for (int start = 0; start < Q; start += N)
        {
            for (int i = 0; i < N; i++)
                r[i] = Math.Min(start + i, Q - 1);
            MlDsaPolynomial.Decompose(r, r1, r0, parameters);
            for (int i = 0; i < N; i++)
            {
                (int R1, int R0) expected = DecomposeAsWritten(r[i], parameters.Gamma2);
                if (expected != (r1[i], r0[i]) || expected != MlDsaRounding.Decompose(r[i], parameters))
                    Assert.Fail($"r = {r[i]}: {expected}, not {(r1[i], r0[i])} or {MlDsaRounding.Decompose(r[i], parameters)}");
            }
        }
    }

    [Theory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    public void Polynomials_take_and_make_hints_as_single_coefficients_do(string set)
    {
        MlDsaParameters parameters = MlDsaCase.Parameters(set);
        Random random = new(1);
        Span<int> r = stackalloc int[N];
        Span<int> hint = stackalloc int[N];
        Span<int> used = stackalloc int[N];
        Span<int> made = stackalloc int[N];
        for (int round = 0; round < 500; round++)
        {
            for (int i = 0; i < N; i++)
            {
                r[i] = random.Next(8) == 0 ? random.Next(2) * (Q - 1) : random.Next(Q);
                hint[i] = random.Next(2);
            }

            r.CopyTo(used);
            r.CopyTo(made);
            MlDsaPolynomial.UseHint(hint, used, parameters);
            int ones = MlDsaPolynomial.MakeHint(made, used, parameters);
            int expectedOnes = 0;
            for (int i = 0; i < N; i++)
            {
                Assert.Equal(MlDsaRounding.UseHint(hint[i] != 0, r[i], parameters), used[i]);
                Assert.Equal(hint[i], made[i]);
                expectedOnes += hint[i];
            }

            Assert.Equal(expectedOnes, ones);
        }
    }

    [Fact]
    public void Power2Round_and_norms()
    {
        Random random = new(2);
        Span<int> r = stackalloc int[N];
        Span<int> r1 = stackalloc int[N];
        Span<int> r0 = stackalloc int[N];
        for (int i = 0; i < N; i++)
            r[i] = random.Next(Q);
        MlDsaPolynomial.Power2Round(r, r1, r0);
        for (int i = 0; i < N; i++)
        {
            Assert.Equal(MlDsaRounding.Power2Round(r[i]), (r1[i], r0[i]));
            Assert.InRange(r0[i], -(1 << 12) + 1, 1 << 12);
            Assert.Equal(r[i], (r1[i] << MlDsaParameters.D) + r0[i]);
        }

        for (int i = 0; i < N; i++)
        {
            foreach (int extreme in (int[])[99, -99, 100, -100])
            {
                r.Clear();
                r[i] = extreme;
                Assert.Equal(Math.Abs(extreme) < 100, MlDsaPolynomial.IsNormBelow(r, 100));
            }
        }
    }

    [Fact]
    public void Reduction_brings_every_sum_near_zero()
    {
        Span<int> a = stackalloc int[N];
        for (int start = -2 * Q; start <= 2 * Q; start += 7 * N)
        {
            for (int i = 0; i < N; i++)
                a[i] = Math.Min(start + (7 * i), 2 * Q);
            MlDsaPolynomial.Reduce(a);
            for (int i = 0; i < N; i++)
            {
                int value = Math.Min(start + (7 * i), 2 * Q);
                if (a[i] != MlDsaField.Reduce(value) || (a[i] - value) % Q != 0 || Math.Abs(a[i]) > 4210686)
                    Assert.Fail($"{value} became {a[i]}");
            }
        }
    }

    /// <summary>Every r from 0 to q - 1 through every function, in one hash (C2SP/CCTV).</summary>
    [Fact]
    public void Field_operations_give_the_published_hash()
    {
        Keccak sink = Keccak.Shake128();
        byte[] buffer = new byte[1 << 16];
        int used = 0;
        for (int r = 0; r < Q; r++)
        {
            if (used > buffer.Length - 256)
            {
                sink.Absorb(buffer.AsSpan(0, used));
                used = 0;
            }

            int centred = MlDsaField.ToCentred(r);
            (int r1, int r0) = MlDsaRounding.Power2Round(r);
            Append(buffer, ref used, centred);
            Append(buffer, ref used, Math.Abs(centred));
            Append(buffer, ref used, r1);
            Append(buffer, ref used, MlDsaField.ToCanonical(r0));
            foreach (MlDsaParameters parameters in (ReadOnlySpan<MlDsaParameters>)[MlDsaParameters.MlDsa44, MlDsaParameters.MlDsa65])
            {
                int low = MlDsaRounding.LowBits(r, parameters);
                Append(buffer, ref used, MlDsaRounding.HighBits(r, parameters));
                Append(buffer, ref used, MlDsaRounding.UseHint(true, r, parameters));
                Append(buffer, ref used, low);
                Append(buffer, ref used, Math.Abs(low));
            }
        }

        sink.Absorb(buffer.AsSpan(0, used));
        byte[] hash = new byte[32];
        sink.Squeeze(hash);
        foreach ((JsonElement group, JsonElement test) in Vectors.Tests(Vectors.Load("mldsa/cctv.json")))
        {
            if (MlDsaCase.Is(group, "type", "fieldOperations"))
                Assert.Equal(Vectors.Hex(test, "hash"), hash);
        }
    }

    private static void Append(byte[] buffer, ref int used, int value)
    {
        Utf8Formatter.TryFormat(value, buffer.AsSpan(used), out int written);
        used += written;
        buffer[used++] = (byte)'\n';
    }
}
