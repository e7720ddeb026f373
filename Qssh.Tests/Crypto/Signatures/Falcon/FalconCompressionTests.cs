using FsCheck;
using FsCheck.Fluent;
using Qssh.Crypto.Signatures.Falcon;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.Falcon;

public sealed class FalconCompressionTests
{
    private static readonly Gen<short> s_coefficient = Gen.OneOf(Gen.Choose(-300, 300), Gen.Choose(-2047, 2047)).Select(x => (short)x);

    [Fact]
    public void Decompress_undoes_compress() => Prop.ForAll(s_coefficient.ArrayOf(64).ToArbitrary(), s =>
    {
        byte[] buffer = new byte[64 * 24 / 8];
        int size = FalconCompression.Compress(s, buffer);
        short[] back = new short[s.Length];
        return size > 0 && FalconCompression.Decompress(buffer.AsSpan()[..size], back) == size && back.AsSpan().SequenceEqual(s)
            && FalconCompression.Decompress(buffer.AsSpan()[..(size - 1)], back) == 0
            && FalconCompression.Compress(s, buffer.AsSpan()[..(size - 1)]) == 0;
    }).QuickCheckThrowOnFailure();

    /// <summary>What is accepted is what compress makes: one vector, one encoding.</summary>
    [Fact]
    public void Compress_undoes_decompress() => Prop.ForAll(Gen.Choose(0, 255).Select(x => (byte)x).ArrayOf(40).ToArbitrary(), bytes =>
    {
        short[] s = new short[8];
        int size = FalconCompression.Decompress(bytes, s);
        byte[] again = new byte[bytes.Length];
        return size == 0 || (FalconCompression.Compress(s, again) == size && again.AsSpan(0, size).SequenceEqual(bytes.AsSpan(0, size)));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(2048)]
    [InlineData(-2048)]
    [InlineData(short.MinValue)]
    public void A_coefficient_that_is_too_large_does_not_fit(short coefficient) =>
        Assert.Equal(0, FalconCompression.Compress([coefficient], new byte[100]));
}
