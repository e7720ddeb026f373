using Qssh.Crypto.Aead;
using Qssh.Errors;
using Qssh.Record;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Record;

public abstract class RecordTests
{
    private readonly AeadId _cipher;

    private protected RecordTests(AeadId cipher) => _cipher = cipher;

    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] Iv = [.. Enumerable.Range(40, 12).Select(i => (byte)i)];

    public static TheoryData<int> Layouts => [(int)RecordLayout.Clear, (int)RecordLayout.Frames, (int)RecordLayout.Variable];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void What_is_written_in_pieces_is_read_in_order(int layout)
    {
        using RecordWriter writer = Writer((RecordLayout)layout);
        using RecordReader reader = Reader((RecordLayout)layout);
        Random random = new(7);
        List<byte> sent = [];
        List<byte> received = [];
        for (int round = 0; round < 200; round++)
        {
            byte[] piece = new byte[random.Next(0, 3000)];
            random.NextBytes(piece);
            sent.AddRange(piece);
            writer.Append(FrameKind.Session, piece);
            if (random.Next(3) == 0)
                Drain(writer, reader, received);
        }

        Drain(writer, reader, received);
        Assert.Equal(sent, received);
    }

    [Fact]
    public void Frames_have_one_size_and_the_fill_is_zero()
    {
        using RecordWriter writer = Writer(RecordLayout.Clear);
        writer.Append(FrameKind.Hello, [1, 2, 3]);
        writer.Close();
        byte[] frame = writer.Ready.ToArray();
        Assert.Equal(768, frame.Length);
        Assert.Equal([1, 0, 0, 3, 1, 2, 3], frame[..7]);
        Assert.All(frame[7..], b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData(RecordLayout.Frames)]
    [InlineData(RecordLayout.Variable)]
    internal void Any_flipped_bit_ends_the_connection(RecordLayout layout)
    {
        byte[] sealedBytes = Sealed(layout, FrameKind.Session, [1, 2, 3, 4]);
        for (int position = 0; position < sealedBytes.Length; position++)
        {
            byte[] copy = [.. sealedBytes];
            copy[position] ^= 0x10;
            using RecordReader reader = Reader(layout);
            try
            {
                Assert.False(reader.TryRead(copy, out _, out _, out _));
                Assert.Equal(RecordLayout.Variable, layout);
                Assert.InRange(position, 0, 1);
            }
            catch (ProtocolException fault)
            {
                Assert.True(fault.Code is AlertCode.FrameDidNotOpen or AlertCode.ProtocolError);
            }
        }
    }

    [Fact]
    public void Replayed_and_swapped_frames_do_not_open()
    {
        byte[] first = Sealed(RecordLayout.Frames, FrameKind.Session, [1]);
        using RecordReader reader = Reader(RecordLayout.Frames);
        Assert.True(reader.TryRead([.. first], out _, out _, out _));
        Assert.Throws<ProtocolException>(() => reader.TryRead([.. first], out _, out _, out _));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(8, 0, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 0, 765)]
    public void Bad_clear_headers_are_refused(int kind, int flags, int length)
    {
        byte[] frame = new byte[768];
        frame[0] = (byte)kind;
        frame[1] = (byte)flags;
        frame[2] = (byte)(length >> 8);
        frame[3] = (byte)length;
        using RecordReader reader = Reader(RecordLayout.Clear);
        Assert.Throws<ProtocolException>(() => reader.TryRead(frame, out _, out _, out _));
    }

    [Fact]
    public void Fill_that_is_not_zero_is_refused_in_the_clear()
    {
        byte[] frame = new byte[768];
        frame[0] = 1;
        frame[767] = 1;
        using RecordReader reader = Reader(RecordLayout.Clear);
        Assert.Throws<ProtocolException>(() => reader.TryRead(frame, out _, out _, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(16_384 + 17)]
    [InlineData(65_535)]
    public void Record_lengths_out_of_range_are_refused_before_the_record_is_awaited(int length)
    {
        using RecordReader reader = Reader(RecordLayout.Variable);
        byte[] start = [(byte)(length >> 8), (byte)length];
        Assert.Throws<ProtocolException>(() => reader.TryRead(start, out _, out _, out _));
    }

    [Fact]
    public void A_worn_out_key_seals_nothing_more()
    {
        using RecordKey key = new(_cipher, Key, Iv, limit: 2);
        byte[] frame = new byte[768];
        key.Seal([], frame);
        key.Seal([], frame);
        Assert.Equal(AlertCode.SessionLimit, Assert.Throws<ProtocolException>(() => key.Seal([], frame)).Code);
    }

    [Fact]
    public void A_peer_that_does_not_read_cannot_grow_our_memory()
    {
        using RecordWriter writer = Writer(RecordLayout.Frames);
        ProtocolException fault = Assert.Throws<ProtocolException>(() =>
        {
            for (int i = 0; i < 1_000_000; i++)
                writer.AppendAlone(FrameKind.Control, [1]);
        });
        Assert.Equal(AlertCode.SessionLimit, fault.Code);
    }

    [Theory]
    [InlineData(RecordLayout.Frames)]
    [InlineData(RecordLayout.Variable)]
    internal void Steady_traffic_allocates_nothing(RecordLayout layout)
    {
        using RecordWriter writer = Writer(layout);
        using RecordReader reader = Reader(layout);
        byte[] data = new byte[100_000];
        byte[] wire = new byte[SlabPool.SlabSize];
        Round();
        Round();
        long allocated = Allocation.Of(() =>
        {
            for (int i = 0; i < 20; i++)
                Round();
        });
        Assert.Equal(0, allocated);

        void Round()
        {
            writer.Append(FrameKind.Session, data);
            writer.Close();
            int size = writer.Ready.Length;
            writer.Ready.Span.CopyTo(wire);
            writer.Sent(size);
            Span<byte> rest = wire.AsSpan(0, size);
            while (reader.TryRead(rest, out _, out _, out int consumed))
                rest = rest[consumed..];
        }
    }

    private static void Drain(RecordWriter writer, RecordReader reader, List<byte> received)
    {
        writer.Close();
        byte[] wire = writer.Ready.ToArray();
        writer.Sent(wire.Length);
        Span<byte> rest = wire;
        while (reader.TryRead(rest, out FrameKind kind, out Span<byte> payload, out int consumed))
        {
            Assert.Equal(FrameKind.Session, kind);
            received.AddRange(payload);
            rest = rest[consumed..];
        }

        Assert.True(rest.IsEmpty);
    }

    private byte[] Sealed(RecordLayout layout, FrameKind kind, byte[] payload)
    {
        using RecordWriter writer = Writer(layout);
        writer.Append(kind, payload);
        writer.Close();
        return writer.Ready.ToArray();
    }

    private RecordWriter Writer(RecordLayout layout)
    {
        RecordWriter writer = new();
        writer.Switch(layout, layout == RecordLayout.Clear ? null : new RecordKey(_cipher, Key, Iv));
        return writer;
    }

    private RecordReader Reader(RecordLayout layout)
    {
        RecordReader reader = new();
        reader.Switch(layout, layout == RecordLayout.Clear ? null : new RecordKey(_cipher, Key, Iv));
        return reader;
    }
}

public sealed class AesRecordTests() : RecordTests(AeadId.Aes256Gcm);

public sealed class ChaChaRecordTests() : RecordTests(AeadId.ChaCha20Poly1305);
