using Qssh.Errors;
using Qssh.Wire;
using Xunit;

namespace Qssh.Tests.Wire;

public sealed class WireReaderTests
{
    [Fact]
    public void Integers_are_big_endian()
    {
        var reader = new WireReader(Convert.FromHexString("01" + "0203" + "04050607" + "08090a0b0c0d0e0f"));
        Assert.Equal(0x01, reader.U8());
        Assert.Equal(0x0203, reader.U16());
        Assert.Equal(0x04050607u, reader.U32());
        Assert.Equal(0x08090a0b0c0d0e0ful, reader.U64());
        reader.ExpectEnd();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void An_integer_needs_all_its_bytes(int width)
    {
        for (int have = 0; have < width; have++)
        {
            byte[] input = new byte[have];
            AssertRefused("field: too few bytes", () => ReadInteger(input, width));
        }
    }

    [Fact]
    public void Strings_are_views_of_the_input()
    {
        byte[] input = [2, 10, 11, 0, 1, 12, 13];
        var reader = new WireReader(input);
        Assert.True(reader.ByteString8().Overlaps(input, out int first));
        Assert.Equal(-1, first);
        Assert.Equal<byte>([12], reader.ByteString16().ToArray());
        Assert.Equal<byte>([13], reader.Rest().ToArray());
        Assert.True(reader.Remaining.IsEmpty);
    }

    [Fact]
    public void A_length_is_judged_before_the_bytes_are_missed()
    {
        AssertRefused("field: length outside its limits", () => new WireReader([200]).ByteString8(0, 100, "field"));
        AssertRefused("field: too few bytes", () => new WireReader([100]).ByteString8(0, 100, "field"));
        AssertRefused("field: length outside its limits", () => new WireReader([0xFF, 0xFF]).ByteString16(0, 2048, "field"));
        AssertRefused("field: length outside its limits", () => new WireReader([1, 2]).Rest(0, 1, "field"));
    }

    [Fact]
    public void Trailing_bytes_are_refused() => AssertRefused("message: trailing bytes", () => new WireReader([0]).ExpectEnd("message"));

    [Fact]
    public void Writer_refuses_what_the_reader_would()
    {
        Assert.Throws<ArgumentException>(() => new WireWriter(new byte[300]).WriteByteString8(new byte[256]));
        Assert.Throws<ArgumentException>(() => new WireWriter(new byte[300]).WriteByteString16(new byte[101], max: 100));
        Assert.Throws<ArgumentException>(() => new WireWriter(new byte[300]).WriteBytes(new byte[31], 32));
        Assert.Throws<ArgumentException>(() => new WireWriter(new byte[300]).WriteHeader(1, 65_536));
        Assert.ThrowsAny<ArgumentException>(() => new WireWriter(new byte[1]).WriteU16(1));
    }

    [Fact]
    public void Lists_of_numbers_can_be_walked()
    {
        U16List list = U16List.Create([3, 2, 0x0104], stackalloc byte[6]);
        int sum = 0;
        foreach (ushort value in list)
            sum += value;

        Assert.Equal(3 + 2 + 0x0104, sum);
        Assert.True(list.Contains(0x0104));
        Assert.False(list.Contains(0x0401));
    }

    private static void ReadInteger(byte[] input, int width)
    {
        var reader = new WireReader(input);
        _ = width switch
        {
            1 => reader.U8("field"),
            2 => reader.U16("field"),
            4 => reader.U32("field"),
            _ => reader.U64("field"),
        };
    }

    private static void AssertRefused(string reason, Action read)
    {
        ProtocolException refused = Assert.Throws<ProtocolException>(read);
        Assert.Equal(AlertCode.ProtocolError, refused.Code);
        Assert.Equal(reason, refused.Message);
    }
}
