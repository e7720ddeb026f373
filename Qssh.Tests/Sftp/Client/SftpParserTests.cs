using FsCheck;
using FsCheck.Fluent;
using Qssh.Errors;
using Qssh.Sftp;
using Qssh.Sftp.Client;
using Xunit;

namespace Qssh.Tests.Sftp.Client;

/// <summary>However a stream is cut into pieces, the packets are the same.</summary>
public sealed class SftpParserTests
{
    [Fact]
    public void Pieces_make_no_difference() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(NonEmptyArray<byte>[] Packets, PositiveInt[] Cuts)>(), input =>
        {
            byte[] stream = [.. input.Packets.SelectMany((content, i) => Make(content.Get, (uint)i, isData: i % 2 == 0))];
            Recorder whole = new(), cut = new();
            new SftpParser(whole).Feed(stream);
            SftpParser parser = new(cut);
            int at = 0;
            foreach (PositiveInt length in input.Cuts)
            {
                int count = Math.Min(length.Get % 7, stream.Length - at);
                parser.Feed(stream.AsSpan(at, count));
                at += count;
            }

            parser.Feed(stream.AsSpan(at));
            return parser.IsBetween && whole.Log.SequenceEqual(cut.Log) && whole.Log.Count == input.Packets.Length;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0u)]
    [InlineData(4u)]
    [InlineData((uint)SftpLimits.Packet + 1)]
    [InlineData(uint.MaxValue)]
    public void Lengths_outside_the_limits_are_refused_at_once(uint length) =>
        Assert.Throws<ProtocolException>(() => new SftpParser(new Recorder()).Feed(ScriptedSftpServer.U32(length)));

    [Fact]
    public void Data_has_the_length_of_its_packet()
    {
        byte[] packet = ScriptedSftpServer.Data(1, [1, 2, 3]);
        packet[12]++;
        Assert.Throws<ProtocolException>(() => new SftpParser(new Recorder()).Feed(packet));
    }

    private static byte[] Make(byte[] content, uint id, bool isData) =>
        isData ? ScriptedSftpServer.Data(id, content) : ScriptedSftpServer.Packet(SftpPacketType.Status, id, content);

    private sealed class Recorder : ISftpReceiver
    {
        public List<string> Log { get; } = [];

        public void OnPacket(ReadOnlySpan<byte> packet) => Log.Add(Convert.ToHexString(packet));

        public SftpCall OnDataStart(uint id, int count) => new Reader(this, id);

        private sealed class Reader(Recorder owner, uint id) : SftpCall
        {
            private readonly List<byte> _data = [];

            public override int MaxData => int.MaxValue;

            public override void OnData(ReadOnlySpan<byte> piece) => _data.AddRange(piece);

            public override void OnDataEnd(int total)
            {
                Assert.Equal(total, _data.Count);
                owner.Log.Add($"{id}: {Convert.ToHexString([.. _data])}");
            }

            public override void OnReply(SftpPacketType type, ReadOnlySpan<byte> body) => Assert.Fail("a packet for a reader");

            public override void OnLost(Exception reason) => Assert.Fail("lost");
        }
    }
}
