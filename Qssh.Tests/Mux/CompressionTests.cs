using Qssh.Compression;
using Qssh.Compression.Zlib;
using Qssh.Compression.Zstd;
using Qssh.Errors;
using Qssh.Mux;
using Qssh.Tests.Compression;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Tests.Mux;

/// <summary>Compression of channel data (docs/protocol.md, section 17): who asks, who may, and what it costs.</summary>
public sealed class CompressionTests
{
    private static readonly byte[] s_text = Samples.Text(200_000);

    [Fact]
    public void Both_directions_and_both_streams_are_packed_after_the_choice()
    {
        MuxPair pair = new();
        MuxChannel channel = Open(pair);
        pair.Pump();
        MuxChannel server = pair.ServerHandler.Channel!;
        int up = Send(pair.ClientLink, channel, DataStream.Plain, s_text);
        int down = Send(pair.ServerLink, server, DataStream.Plain, s_text);
        int errors = Send(pair.ServerLink, server, DataStream.StandardError, s_text);
        pair.Pump();
        Assert.Equal(s_text, pair.ServerHandler.Data);
        Assert.Equal(s_text, pair.ClientHandler.Data);
        Assert.Equal(s_text, pair.ClientHandler.ErrorData);
        Assert.InRange(up, 1, s_text.Length / 3);
        Assert.InRange(down, 1, s_text.Length / 3);
        // What one stream has sent helps the other: they are one channel.
        Assert.InRange(errors, 1, down - 1);
        Assert.Equal(CompressionMethod.Zstd, channel.Packing!.Method);
    }

    [Fact]
    public void Without_an_offer_nothing_is_there()
    {
        MuxPair pair = new();
        MuxChannel channel = pair.Open();
        pair.Pump();
        Assert.Null(channel.Packing);
        Assert.Null(pair.ServerHandler.Channel!.Packing);
        Assert.InRange(Send(pair.ClientLink, channel, DataStream.Plain, s_text), s_text.Length, s_text.Length + 100);
    }

    [Fact]
    public void A_server_that_does_not_allow_it_says_so_and_data_goes_on()
    {
        MuxPair pair = new(Gates.Login & ~Gates.Compression);
        MuxChannel channel = Open(pair);
        pair.Pump();
        Assert.Equal(CompressionMethod.None, channel.Packing!.Method);
        Assert.InRange(Send(pair.ClientLink, channel, DataStream.Plain, s_text), s_text.Length, s_text.Length + 100);
        pair.Pump();
        Assert.Equal(s_text, pair.ServerHandler.Data);
        Assert.Equal(["accepted"], pair.ClientHandler.Events);
        Assert.Empty(pair.ServerHandler.Events);
    }

    [Theory]
    [InlineData(new byte[] { 1 }, 1)]
    [InlineData(new byte[] { 1, 2 }, 2)]
    [InlineData(new byte[] { 9, 200, 1 }, 1)]
    [InlineData(new byte[] { 9, 0, 200 }, 0)]
    public void The_server_takes_what_it_prefers_of_what_is_offered(byte[] methods, byte chosen)
    {
        MuxPair pair = new();
        pair.Open().Send(new CompressionOffer { Channel = 0, Methods = methods });
        pair.ClientLink.Pump();
        byte[] answer = pair.ServerLink.Take();
        Assert.Equal(new CompressionChoice { Channel = 0, Method = chosen }.ToArray(), answer[^8..]);
    }

    [Fact]
    public void Zlib_is_spoken_with_who_has_nothing_else()
    {
        MuxPair pair = new();
        pair.Open().Send(new CompressionOffer { Channel = 0, Methods = [1] });
        using ZlibEncoder encoder = new();
        using ZlibDecoder decoder = new();
        pair.ClientLink.Pump();
        pair.ServerLink.Take();
        pair.Client.Send(new ChannelCompressed { Channel = 0, Stream = 0, Block = encoder.Encode(s_text.AsSpan(0, 30_000)) });
        pair.ClientLink.Pump();
        Assert.Equal(s_text[..30_000], pair.ServerHandler.Data);
        pair.ServerHandler.Channel!.ReceiveCredit(1 << 20);
        pair.ServerLink.Take();
        pair.ServerHandler.Channel.SendData(DataStream.StandardError, s_text.AsSpan(0, 20_000));
        ChannelCompressed sent = ChannelCompressed.ReadMessage(pair.ServerLink.Take());
        Assert.Equal(1, sent.Stream);
        Assert.Equal(s_text[..20_000], decoder.Decode(sent.Block, 20_000));
    }

    [Fact]
    public void Short_pieces_and_what_does_not_shrink_travel_as_they_are()
    {
        MuxPair pair = new();
        MuxChannel channel = Open(pair);
        pair.Pump();
        Assert.Equal(7 + 100, Send(pair.ClientLink, channel, DataStream.Plain, s_text[..100]));
        pair.Pump();
        byte[] noise = Samples.Noise(600_000);
        int sent = Send(pair.ClientLink, channel, DataStream.Plain, noise);
        Assert.InRange(sent, noise.Length, noise.Length + 300);
        pair.Pump();
        int text = 0;
        // After the pauses that noise has caused, text is packed again; the receiver follows through it all.
        for (int i = 0; i < 10; i++)
        {
            text = Send(pair.ClientLink, channel, DataStream.Plain, s_text);
            pair.Pump();
        }

        Assert.InRange(text, 1, s_text.Length / 3);
        Assert.Equal([.. s_text[..100], .. noise, .. Enumerable.Repeat(s_text, 10).SelectMany(t => t)], pair.ServerHandler.Data);
    }

    [Fact]
    public void The_window_counts_what_comes_out()
    {
        MuxPair pair = new();
        MuxChannel channel = Open(pair);
        pair.Pump();
        pair.ServerHandler.Consumes = false;
        byte[] zeros = new byte[ReceiveWindow.Initial];
        Assert.InRange(Send(pair.ClientLink, channel, DataStream.Plain, zeros), 1, 2000);
        Assert.Equal(0, channel.SendCapacity);
        pair.Pump();
        Assert.Equal(zeros.Length, pair.ServerHandler.Data.Count);

        using ZstdEncoder encoder = new();
        pair.Client.Send(new ChannelCompressed { Channel = 0, Stream = 0, Block = encoder.Encode(s_text.AsSpan(0, 10)) });
        Assert.Contains("more than it may", Assert.Throws<ProtocolException>(() => pair.ClientLink.Pump()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_share_nothing()
    {
        MuxPair pair = new();
        MuxChannel first = Open(pair);
        int alone = Send(pair.ClientLink, first, DataStream.Plain, s_text, pair);
        int again = Send(pair.ClientLink, first, DataStream.Plain, s_text, pair);
        MuxChannel second = Open(pair);
        int other = Send(pair.ClientLink, second, DataStream.Plain, s_text, pair);
        Assert.Equal(alone, other);
        Assert.NotEqual(alone, again);
    }

    [Fact]
    public void Faults_of_a_client_end_the_connection()
    {
        byte[] offer = new CompressionOffer { Channel = 0, Methods = [2] }.ToArray();
        byte[] zlib = new CompressionOffer { Channel = 0, Methods = [1] }.ToArray();
        using ZstdEncoder encoder = new();
        byte[] block = new ChannelCompressed { Channel = 0, Stream = 0, Block = encoder.Encode(s_text.AsSpan(0, 5000)) }.ToArray();
        byte[] error = new ChannelCompressed { Channel = 0, Stream = 1, Block = [0x0A, 0, 0, 0x61] }.ToArray();
        byte[] eof = new ChannelEof { Channel = 0 }.ToArray();
        byte[] choice = new CompressionChoice { Channel = 0, Method = 2 }.ToArray();
        (byte[][] Messages, Gates Gates)[] cases =
        [
            ([block], Gates.Login),
            ([offer, offer], Gates.Login),
            ([offer, choice], Gates.Login),
            ([zlib, block], Gates.Login),
            ([offer, block], Gates.Login & ~Gates.Compression),
            ([offer, block, eof, block], Gates.Login),
            ([offer, [.. block[..8], .. new byte[block.Length - 8]]], Gates.Login),
            ([offer, [0x4B, 0, 6, 0, 0, 0, 0, 2, 1]], Gates.Login),
            ([[0x49, 0, 5, 0, 0, 0, 0, 0]], Gates.Login),
            ([[0x4B, 0, 6, 0, 0, 0, 2, 0, 1]], Gates.Login),
        ];
        foreach ((byte[][] messages, Gates gates) in cases)
        {
            MuxPair pair = new(gates);
            pair.Open();
            pair.Pump();
            foreach (byte[] message in messages)
                pair.ClientLink.Write(message);
            Assert.Equal(AlertCode.ProtocolError, Assert.Throws<ProtocolException>(() => pair.ClientLink.Pump(100_000)).Code);
        }

        // Standard error is what a client never sends; that is the handler's to say.
        MuxPair last = new();
        last.Open();
        last.ClientLink.Write(offer);
        last.ClientLink.Write(error);
        last.ClientLink.Pump();
        Assert.Equal("a"u8, last.ServerHandler.ErrorData.ToArray());
    }

    [Fact]
    public void Faults_of_a_server_end_the_connection()
    {
        byte[] choice = new CompressionChoice { Channel = 0, Method = 2 }.ToArray();
        byte[] block = new ChannelCompressed { Channel = 0, Stream = 0, Block = [0x0A, 0, 0, 0x61] }.ToArray();
        (bool Offers, byte[][] Messages)[] cases =
        [
            (false, [choice]),
            (false, [new CompressionChoice { Channel = 0, Method = 0 }.ToArray()]),
            (false, [block]),
            (true, [block]),
            (true, [new CompressionChoice { Channel = 0, Method = 0 }.ToArray(), block]),
            (true, [new CompressionChoice { Channel = 0, Method = 0 }.ToArray(), choice]),
            (true, [choice, choice]),
            (true, [new CompressionChoice { Channel = 0, Method = 3 }.ToArray()]),
            (true, [new CompressionOffer { Channel = 0, Methods = [2] }.ToArray()]),
            (true, [choice, new ChannelCompressed { Channel = 0, Stream = 0, Block = [0x0A, 0, 4, 0x61] }.ToArray()]),
        ];
        foreach ((bool offers, byte[][] messages) in cases)
        {
            MuxPair pair = new();
            MuxChannel channel = pair.Open();
            if (offers)
                channel.OfferCompression();
            pair.ClientLink.Take();
            pair.ServerLink.Write(new ChannelAccept { Channel = 0, Window = 1 << 20 }.ToArray());
            foreach (byte[] message in messages)
                pair.ServerLink.Write(message);
            Assert.Equal(AlertCode.ProtocolError, Assert.Throws<ProtocolException>(() => pair.ServerLink.Pump(100_000)).Code);
        }
    }

    private static MuxChannel Open(MuxPair pair)
    {
        MuxChannel channel = pair.Open();
        channel.OfferCompression();
        return channel;
    }

    /// <returns>Bytes that it takes.</returns>
    private static int Send(MemoryLink link, MuxChannel channel, DataStream stream, ReadOnlySpan<byte> data, MuxPair? pair = null)
    {
        pair?.Pump();
        int before = link.Queued;
        channel.SendData(stream, data);
        return link.Queued - before;
    }
}
