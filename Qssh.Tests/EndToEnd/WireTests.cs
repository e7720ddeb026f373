using System.Diagnostics;
using System.Text.RegularExpressions;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>What somebody sees who stands between client and server.</summary>
[Collection(EndToEndTests.Name)]
public sealed class WireTests(SharedServer server)
{
    private const int FrameSize = 768, PieceSize = 100_000;

    [BinaryTheory]
    [InlineData("exit 3", 0)]
    [InlineData("cat", 1)]
    [InlineData("cat", 1_234_567)]
    [InlineData("echo error >&2; head -c 100000 /dev/zero", 0)]
    public void Only_whole_frames_pass_at_T2_in_both_directions(string command, int input)
    {
        RelayedConnection seen = Through([], command, new byte[input]);
        Assert.Equal((0, 0), (seen.ToServer % FrameSize, seen.ToClient % FrameSize));
        Assert.True(seen.ToServer >= 3 * FrameSize && seen.ToClient >= 5 * FrameSize, seen.ToString());
    }

    [BinaryFact]
    public void Every_piece_on_the_wire_is_whole_frames_from_the_first_byte_to_the_last()
    {
        List<(bool ToServer, int Length)> pieces = [];
        using TcpRelay relay = new(server.Process.Port) { Tap = (toServer, bytes) => { lock (pieces) pieces.Add((toServer, bytes.Length)); } };
        Assert.Equal(0, new ClientRun(server.Home, relay.Port).Run("sleep 0.2; echo x; sleep 0.2").ExitCode);
        relay.Ended();
        // Small pieces are never split by loopback: what one side wrote at once arrives at once.
        Assert.All(pieces, piece => Assert.Equal(0, piece.Length % FrameSize));
    }

    [BinaryFact]
    public void The_size_of_a_short_answer_does_not_show()
    {
        RelayedConnection one = Through([], "echo 1"), more = Through([], "echo 1234567890 1234567890 1234567890");
        Assert.Equal((one.ToServer, one.ToClient), (more.ToServer, more.ToClient));
    }

    [BinaryFact]
    public void T1_carries_the_same_session_in_records_of_their_own_size()
    {
        byte[] data = new byte[300_000];
        new Random(2).NextBytes(data);
        using TcpRelay relay = new(server.Process.Port);
        ProgramRun run = new ClientRun(server.Home, relay.Port) { Options = ["-o", "Tier=T1", "-v"] }.Send(data, "cat");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("tier: T1", run.Errors);
        Assert.True(data.AsSpan().SequenceEqual(run.Output));
        RelayedConnection seen = relay.Ended().Single();
        Assert.NotEqual(0, seen.ToServer % FrameSize + seen.ToClient % FrameSize);
        Assert.InRange(seen.ToServer, data.Length, data.Length * 1.02 + 10 * FrameSize);
    }

    [BinaryTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_changed_bit_ends_the_connection(bool towardsServer)
    {
        int frames = 0;
        using TcpRelay relay = new(server.Process.Port)
        {
            // Long after the handshake.
            Tap = (toServer, bytes) =>
            {
                if (toServer == towardsServer && Interlocked.Add(ref frames, bytes.Length / FrameSize) > 200)
                    bytes.Span[100] ^= 1;
            },
        };
        ProgramRun run = new ClientRun(server.Home, relay.Port).Send(new byte[2_000_000], "cat");
        Assert.Equal(255, run.ExitCode);
        Assert.Contains("onnection to 127.0.0.1", run.Errors);
        Assert.Equal("fine\n", server.Client().Run("echo fine").Text);
    }

    [BinaryTheory]
    [InlineData("T2", 1_000_000_000)]
    [InlineData("T1", 100_000_000)]
    public void Random_data_survives_many_rekeys(string tier, int length)
    {
        using Process client = server.Client("-o", "RekeyLimit=8M", "-o", "Tier=" + tier, "-v").Start("cat");
        Thread feeder = new(() =>
        {
            using Stream input = client.StandardInput.BaseStream;
            foreach (ReadOnlyMemory<byte> piece in Pieces(length))
                input.Write(piece.Span);
        });
        feeder.Start();
        byte[] received = new byte[PieceSize];
        foreach (ReadOnlyMemory<byte> piece in Pieces(length))
        {
            client.StandardOutput.BaseStream.ReadExactly(received.AsSpan(0, piece.Length));
            Assert.True(piece.Span.SequenceEqual(received.AsSpan(0, piece.Length)));
        }

        feeder.Join();
        Assert.Equal(-1, client.StandardOutput.BaseStream.ReadByte());
        Match rekeys = Regex.Match(client.StandardError.ReadToEnd(), "([0-9]+) rekeys");
        Assert.InRange(int.Parse(rekeys.Groups[1].Value), 4, 16); // a peer takes no more than eight in a minute
        Assert.True(client.WaitForExit(5000));
        Assert.Equal(0, client.ExitCode);
    }

    /// <summary>The same random bytes each time, without holding all of them.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(int length)
    {
        Random random = new(3);
        byte[] piece = new byte[PieceSize];
        for (int left = length; left > 0; left -= piece.Length)
        {
            random.NextBytes(piece);
            yield return piece.AsMemory(0, Math.Min(left, piece.Length));
        }
    }

    private RelayedConnection Through(string[] options, string command, byte[]? input = null)
    {
        using TcpRelay relay = new(server.Process.Port);
        new ClientRun(server.Home, relay.Port) { Options = options }.Send(input, command);
        return relay.Ended().Single();
    }
}
