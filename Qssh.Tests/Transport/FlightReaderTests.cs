using Qssh.Errors;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Transport;

namespace Qssh.Tests.Transport;

/// <summary>One way to cut a flight, and no other.</summary>
public sealed class FlightReaderTests
{
    private static readonly byte[] s_message = [0x10, 0, 5, 1, 2, 3, 4, 5];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Messages_and_their_padding_are_read(int target) => OnReactor.Run(async () =>
    {
        byte[][] messages = await ReadAsync(writer =>
        {
            writer.Append(FrameKind.Handshake, s_message);
            writer.Append(FrameKind.Handshake, s_message);
            writer.Pad(FrameKind.Handshake, 1, target);
        }, 2, target);
        Assert.All(messages, message => Assert.Equal(s_message, message));
    });

    [Fact]
    public void A_message_over_many_frames_is_joined() => OnReactor.Run(async () =>
    {
        byte[] message = new byte[3 + 5000];
        message[0] = 0x11;
        message[1] = 5000 >> 8;
        message[2] = 5000 & 0xFF;
        byte[][] messages = await ReadAsync(writer => writer.Append(FrameKind.Handshake, message), 1, 7);
        Assert.Equal(message, messages[0]);
    });

    [Fact]
    public void Padding_before_the_last_message_is_refused() => Refuse(writer =>
    {
        writer.AppendAlone(FrameKind.Handshake, s_message);
        writer.AppendAlone(FrameKind.Handshake, []);
        writer.AppendAlone(FrameKind.Handshake, s_message);
    }, messages: 2, target: 3);

    [Fact]
    public void Padding_inside_a_message_is_refused() => Refuse(writer =>
    {
        writer.AppendAlone(FrameKind.Handshake, s_message.AsSpan(0, 4));
        writer.AppendAlone(FrameKind.Handshake, []);
        writer.AppendAlone(FrameKind.Handshake, s_message.AsSpan(4));
    }, messages: 1, target: 3);

    [Fact]
    public void Content_among_the_padding_is_refused() => Refuse(writer =>
    {
        writer.AppendAlone(FrameKind.Handshake, s_message);
        writer.AppendAlone(FrameKind.Handshake, [1]);
    }, messages: 1, target: 4);

    [Fact]
    public void A_second_message_in_the_last_frame_is_refused() => Refuse(writer =>
    {
        writer.Append(FrameKind.Handshake, s_message);
        writer.Append(FrameKind.Handshake, s_message);
    }, messages: 1, target: 1);

    [Fact]
    public void A_beginning_of_a_message_after_the_last_is_refused() => Refuse(writer =>
    {
        writer.Append(FrameKind.Handshake, s_message);
        writer.Append(FrameKind.Handshake, [0x10]);
    }, messages: 1, target: 1);

    [Fact]
    public void A_frame_of_another_kind_is_refused() => Refuse(writer => writer.AppendAlone(FrameKind.Session, s_message), messages: 1, target: 1);

    [Fact]
    public void More_frames_than_the_class_allows_are_refused() => Refuse(writer =>
    {
        for (int i = 0; i < s_message.Length; i++)
            writer.AppendAlone(FrameKind.Handshake, s_message.AsSpan(i, 1));
    }, messages: 1, target: 7);

    [Fact]
    public void A_message_above_the_limit_is_refused_at_its_header() => Refuse(writer => writer.AppendAlone(FrameKind.Handshake, [0x10, 0x75, 0x31]), messages: 1, target: 7);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_alert_that_is_not_one_byte_is_refused(int length) => Refuse(writer => writer.AppendAlone(FrameKind.Alert, new byte[length]), messages: 1, target: 1);

    private static void Refuse(Action<RecordWriter> write, int messages, int target) => OnReactor.Run(async () =>
        Assert.Equal(AlertCode.ProtocolError, (await Assert.ThrowsAsync<ProtocolException>(() => ReadAsync(write, messages, target).AsTask())).Code));

    private static async ValueTask<byte[][]> ReadAsync(Action<RecordWriter> write, int count, int target)
    {
        (MemoryDuplex left, MemoryDuplex right) = MemoryDuplex.Pair();
        using RecordConnection sender = new(left);
        using RecordConnection receiver = new(right);
        write(sender.Writer);
        await sender.FlushAsync();
        using FlightReader reader = new(receiver, FrameKind.Handshake, 30_000, target);
        byte[][] messages = new byte[count][];
        for (int i = 0; i < count; i++)
            messages[i] = await reader.ReadAsync();
        await reader.ReadPaddingAsync(target);
        Assert.Equal(target, reader.Frames);
        return messages;
    }
}
