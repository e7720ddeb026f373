using System.Globalization;
using System.Text.RegularExpressions;
using Qssh.Tests.Compression;
using Qssh.Tests.Support;

namespace Qssh.Tests.EndToEnd;

/// <summary>-C between the static executables, and who stands between them and counts.</summary>
[Collection(EndToEndTests.Name)]
public sealed partial class CompressionTests(SharedServer server)
{
    private static readonly byte[] s_text = Samples.Text(3_000_000);

    [BinaryTheory]
    [InlineData("T2")]
    [InlineData("T1")]
    public void Text_takes_a_third_of_the_bytes_in_both_directions(string tier)
    {
        (ProgramRun plain, RelayedConnection before) = Through(["-o", "Tier=" + tier], s_text, "cat");
        (ProgramRun packed, RelayedConnection after) = Through(["-C", "-v", "-o", "Tier=" + tier], s_text, "cat");
        Assert.Equal((0, 0), (plain.ExitCode, packed.ExitCode));
        Assert.True(s_text.AsSpan().SequenceEqual(plain.Output) && s_text.AsSpan().SequenceEqual(packed.Output));
        Assert.InRange(before.ToServer, s_text.Length, s_text.Length * 1.1);
        Assert.InRange(after.ToServer, 1, before.ToServer / 3);
        Assert.InRange(after.ToClient, 1, before.ToClient / 3);
        Match told = Told().Match(packed.Errors);
        Assert.Equal("zstd", told.Groups[1].Value);
        // A pipe may give a short piece, which travels as it is.
        Assert.InRange(Number(told, 2), s_text.Length - 10_000, s_text.Length);
        Assert.InRange(Number(told, 4), s_text.Length - 10_000, s_text.Length);
        Assert.InRange(Number(told, 3), 1, after.ToServer);
        Assert.InRange(Number(told, 5), 1, after.ToClient);
    }

    [BinaryFact]
    public void A_slow_line_is_quicker_with_it()
    {
        TimeSpan plain = Slow([]), packed = Slow(["-C"]);
        Assert.True(packed < plain / 2, $"{packed} with, {plain} without");

        TimeSpan Slow(string[] options)
        {
            // 1 MB/s: what passes is paid for in time.
            using TcpRelay relay = new(server.Process.Port) { Tap = (_, bytes) => Thread.Sleep(bytes.Length / 1000) };
            ProgramRun run = new ClientRun(server.Home, relay.Port) { Options = options }.Send(s_text, "head -c 3000000 | cksum");
            Assert.Equal(0, run.ExitCode);
            return run.Time;
        }
    }

    [BinaryFact]
    public void Noise_zeros_and_both_outputs_come_out_as_they_went_in()
    {
        byte[] mixed = [.. Samples.Noise(2_000_000), .. new byte[2_000_000], .. s_text[..1_000_000], .. Samples.Noise(300_000), .. Samples.Records(500_000)];
        ProgramRun run = Through(["-C"], mixed, "tee /dev/stderr").Run;
        Assert.Equal(0, run.ExitCode);
        Assert.True(mixed.AsSpan().SequenceEqual(run.Output));
        ProgramRun errors = Through(["-C"], s_text, "cat >&2").Run;
        Assert.Equal(System.Text.Encoding.ASCII.GetString(s_text), errors.Errors);
    }

    [BinaryFact]
    public void It_costs_no_round_trip_and_says_nothing_unless_it_is_asked_for()
    {
        (ProgramRun off, _) = Through(["-v"], null, "echo 1");
        Assert.DoesNotContain("Compression", off.Errors, StringComparison.Ordinal);
        (ProgramRun on, _) = Through(["-v", "-o", "Compression=yes"], null, "echo 1");
        Assert.Contains("Compression: zstd, sent 0 as 0, received 0 as 0 bytes", on.Errors, StringComparison.Ordinal);
        Assert.Contains("zstd\nzlib\nnone\n", ProgramRun.Of(StaticBinary.Path, ["-Q", "compression"]).Text, StringComparison.Ordinal);
    }

    [BinaryTheory]
    [InlineData("no", "none")]
    [InlineData("delayed", "zstd")]
    public void The_server_decides(string setting, string method)
    {
        using ServerProcess other = ServerProcess.Start(server.Home, "-o", "Compression=" + setting);
        ProgramRun run = new ClientRun(server.Home, other.Port) { Options = ["-C", "-v"] }.Send(s_text, "cat");
        Assert.Equal(0, run.ExitCode);
        Assert.True(s_text.AsSpan().SequenceEqual(run.Output));
        Assert.Contains($"Compression: {method}", run.Errors, StringComparison.Ordinal);
    }

    [BinaryFact]
    public void Files_are_packed_both_ways_by_scp_and_sftp()
    {
        using TempDirectory place = new();
        File.WriteAllBytes(place["text"], s_text);
        using TcpRelay relay = new(server.Process.Port);
        string remote = $"{Environment.UserName}@127.0.0.1:";
        Copy("scp", place["text"], remote + place["up"]);
        Copy("scp", remote + place["up"], place["down"]);
        File.WriteAllText(place["batch"], $"put {place["down"]} {place["there"]}\nget {place["there"]} {place["back"]}\n");
        Copy("sftp", "-b", place["batch"], remote);
        Assert.All((string[])["up", "down", "there", "back"], name => Assert.True(s_text.AsSpan().SequenceEqual(File.ReadAllBytes(place[name])), name));
        Assert.InRange(relay.Ended().Sum(connection => connection.ToServer + connection.ToClient), 1, 4 * s_text.Length / 3);

        void Copy(string tool, params string[] words)
        {
            string[] options = ["-C", "-F", "none", "-i", server.Home["id"], "-o", "UserKnownHostsFile=" + server.Home["known_hosts"], "-o", "GlobalKnownHostsFile=none", "-P", relay.Port.ToString()];
            ProgramRun run = ProgramRun.Of(StaticBinary.Path, [tool, .. options, .. words], null, start => start.Environment["HOME"] = server.Home.Path);
            Assert.True(run.ExitCode == 0, run.Errors);
        }
    }

    [BinaryFact]
    public void A_terminal_with_it_behaves_as_without()
    {
        ProgramRun run = Through(["-C", "-tt"], null, "seq 20000; exit 7").Run;
        Assert.Equal(7, run.ExitCode);
        Assert.Equal(string.Concat(Enumerable.Range(1, 20_000).Select(i => $"{i}\r\n")), run.Text);
    }

    private (ProgramRun Run, RelayedConnection Seen) Through(string[] options, byte[]? input, string command)
    {
        using TcpRelay relay = new(server.Process.Port);
        ProgramRun run = new ClientRun(server.Home, relay.Port) { Options = options }.Send(input, command);
        return (run, relay.Ended().Single());
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("Compression: ([a-z]+), sent ([0-9]+) as ([0-9]+), received ([0-9]+) as ([0-9]+) bytes")]
    private static partial Regex Told();
}
