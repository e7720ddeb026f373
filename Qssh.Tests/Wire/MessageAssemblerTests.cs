using FsCheck;
using FsCheck.Fluent;
using Qssh.Errors;
using Qssh.Tests.Support;
using Qssh.Wire;
using Xunit;

namespace Qssh.Tests.Wire;

public sealed class MessageAssemblerTests
{
    private static readonly byte[] s_three = [.. Message(1, 5), .. Message(2, 0), .. Message(3, 1000)];

    [Fact]
    public void Two_cuts_anywhere_change_nothing()
    {
        string[] expected = Collect(s_three);
        Assert.Equal(3, expected.Length);
        for (int first = 0; first <= s_three.Length; first += first < 20 ? 1 : 41)
        {
            for (int second = first; second <= s_three.Length; second += 3)
                Assert.Equal(expected, Collect(s_three[..first], s_three[first..second], s_three[second..]));
        }
    }

    [Fact]
    public void Random_payloads_give_the_same_messages() => Prop.ForAll<byte[], byte[]>((bodies, cuts) =>
    {
        byte[] stream = [.. bodies.SelectMany((size, i) => Message((byte)i, size))];
        var payloads = new List<byte[]>();
        int at = 0;
        foreach (byte cut in cuts)
        {
            int end = Math.Min(stream.Length, at + cut);
            payloads.Add(stream[at..end]);
            at = end;
        }

        payloads.Add(stream[at..]);
        return Collect([.. payloads]).SequenceEqual(bodies.Select((size, i) => Convert.ToHexString(Message((byte)i, size))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_whole_message_is_a_view_of_the_payload()
    {
        using var assembler = new MessageAssembler(2000);
        MessageCursor messages = assembler.Feed(s_three);
        int at = 0;
        while (messages.TryNext(out ReadOnlySpan<byte> message))
        {
            Assert.True(message.Overlaps(s_three, out int offset));
            Assert.Equal(at, -offset);
            at += message.Length;
            Assert.Equal(0, assembler.BufferedBytes);
        }

        Assert.Equal(s_three.Length, at);
    }

    [Fact]
    public void Whole_messages_cost_no_allocation()
    {
        using var assembler = new MessageAssembler(2000);
        Take(assembler, s_three);
        long allocated = Allocation.Of(() =>
        {
            for (int i = 0; i < 100; i++)
                Take(assembler, s_three);
        });
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Nothing_is_kept_between_messages()
    {
        using var assembler = new MessageAssembler(2000);
        Take(assembler, s_three.AsSpan(0, s_three.Length - 1));
        Assert.Equal(1003, assembler.BufferedBytes);
        Assert.False(assembler.IsAtBoundary);
        Take(assembler, s_three.AsSpan(s_three.Length - 1));
        Assert.Equal(0, assembler.BufferedBytes);
        Assert.True(assembler.IsAtBoundary);
    }

    [Fact]
    public void Boundary_means_all_taken()
    {
        using var assembler = new MessageAssembler(2000);
        Assert.True(assembler.IsAtBoundary);
        MessageCursor messages = assembler.Feed(s_three.AsSpan(0, 11));
        Assert.False(assembler.IsAtBoundary);
        Assert.True(messages.TryNext(out _));
        Assert.False(assembler.IsAtBoundary);
        Assert.True(messages.TryNext(out _));
        Assert.True(assembler.IsAtBoundary);
        Assert.False(messages.TryNext(out _));
        Take(assembler, [3]);
        Assert.False(assembler.IsAtBoundary);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(65_538)]
    public void The_limit_is_checked_when_the_header_is_there(int max)
    {
        byte[] largest = Message(1, max - MessageHeader.Size);
        Assert.Single(Collect(max, largest));
        Assert.Single(Collect(max, largest[..2], largest[2..]));
        if (max == MessageHeader.MaxMessageSize)
            return;

        byte[] header = Message(1, max - MessageHeader.Size + 1)[..MessageHeader.Size];
        Assert.Equal(AlertCode.ProtocolError, Assert.Throws<ProtocolException>(() => Collect(max, header)).Code);
        Assert.Throws<ProtocolException>(() => Collect(max, header[..1], header[1..]));
    }

    [Fact]
    public void Messages_left_behind_are_a_mistake_of_the_caller()
    {
        using var assembler = new MessageAssembler(2000);
        assembler.Feed(s_three).TryNext(out _);
        Assert.Throws<InvalidOperationException>(() => Take(assembler, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageAssembler(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageAssembler(65_539));
    }

    private static byte[] Message(byte type, int bodySize)
    {
        var body = new byte[bodySize];
        for (int i = 0; i < bodySize; i++)
            body[i] = (byte)(i * 31 + type);

        return MessageKind.Wrap(type, body);
    }

    private static void Take(MessageAssembler assembler, ReadOnlySpan<byte> payload)
    {
        MessageCursor messages = assembler.Feed(payload);
        while (messages.TryNext(out _))
        {
        }
    }

    private static string[] Collect(params byte[][] payloads) => Collect(MessageHeader.MaxMessageSize, payloads);

    private static string[] Collect(int max, params byte[][] payloads)
    {
        using var assembler = new MessageAssembler(max);
        var found = new List<string>();
        foreach (byte[] payload in payloads)
        {
            MessageCursor messages = assembler.Feed(payload);
            while (messages.TryNext(out ReadOnlySpan<byte> message))
                found.Add(Convert.ToHexString(message));
        }

        Assert.True(assembler.IsAtBoundary);
        return [.. found];
    }
}
