using System.Numerics;
using Qssh.Handshake;
using Qssh.Mux;
using Qssh.Record;
using Qssh.Transport;
using Qssh.Wire.Messages.Auth;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Tests.Docs;

/// <summary>The numbers of docs/protocol.md, section 9, are the constants of the code.</summary>
public sealed class ProtocolLimitTests
{
    private static readonly RekeyLimits s_rekey = RekeyLimits.Default;

    private static readonly Dictionary<string, string[]> s_rows = Markdown.Section("docs/protocol.md", "## 9.")
        .Select(Markdown.Cells).Where(cells => cells is { Length: 3 } && cells[0].Length > 0 && cells[0] != "what" && !cells[0].StartsWith('-')).ToDictionary(cells => cells![0], cells => cells![1..]);

    [Fact]
    public void Every_row_is_looked_at() => Assert.Equal(10, s_rows.Count);

    [Fact]
    public void Keys()
    {
        Assert.Equal(
            [$"ratchet at {Power(RecordLimits.SoftRecords)}, {GiB((long)RecordLimits.SoftBytes)} or, when sending, {Seconds(s_rekey.RatchetAge)} of age", Power(RecordLimits.HardRecords)],
            s_rows["frames or records per key"]);
        Assert.Equal((RecordLimits.SoftRecords, RecordLimits.SoftBytes), ((ulong)s_rekey.RatchetFrames, (ulong)s_rekey.RatchetBytes));
        Assert.Equal(RecordLimits.HardRecords, (ulong)s_rekey.KeyFrames);
    }

    [Fact]
    public void Rekeys()
    {
        Assert.Equal(
            [
                $"{GiB(s_rekey.FullBytes)} both ways together or {s_rekey.FullAge.TotalHours} h, when there is something to send",
                $"exchange open {Seconds(s_rekey.ExchangeAge)}, or {GiB(s_rekey.ExchangeBytes)} sent meanwhile",
            ],
            s_rows["full rekey (`RekeyLimit`)"]);
        Assert.Equal($"more than {s_rekey.PeerRekeys} in {Seconds(s_rekey.PeerWindow)}", s_rows["peer's full rekeys"][1]);
        Assert.Equal("1", s_rows["failed opens"][1]);
    }

    [Fact]
    public void Handshake()
    {
        Assert.Equal(
            $"{FlightClass.LargestHello} frames ({HandshakeLimits.ClientHello:N0} bytes); {Word(HandshakeLimits.ClientHellos)} CH on a connection",
            s_rows["CH with all options"][1]);
        Assert.Equal($"{PaddingClass.Largest} frames ({HandshakeLimits.Flight:N0} bytes of messages)", s_rows["server flight, one UA"][1]);
        Assert.Equal(
            $"{HandshakeLimits.ClientAttempts} attempts and {HandshakeLimits.ClientFrames} frames; {HandshakeLimits.ServerMemory / 1024} KiB of memory",
            s_rows["client before AR success"][1]);
        Assert.Equal(
            $"{Seconds(HandshakeLimits.HandshakeDeadline)}; {Seconds(HandshakeLimits.AuthenticationDeadline)}, both from accept",
            s_rows["time to CF; to AR success"][1]);
        Assert.Contains($"; {AuthResult.MaxTickets} per login,", s_rows["tickets"][1]);
    }

    [Fact]
    public void Messages_and_windows()
    {
        string channels = string.Join(' ', Markdown.Section("docs/protocol.md", "## 17.").Select(line => line.Trim()));
        Assert.Equal((HandshakeLimits.First, MuxChannel.MaxData), (UserAuth.MaxFirst, ChannelData.MaxData));
        Assert.Contains($"data (rest, ≤ {MuxChannel.MaxData:N0})", channels);
        Assert.Contains($"total u32 (≤ {ExecRequest.MaxTotal:N0})", channels);
        Assert.Contains($"We start with {ReceiveWindow.Initial >> 20} MiB and grow fourfold, up to {ReceiveWindow.Maximum >> 20} MiB", channels);
        Assert.Contains($"a window sum above {Power((ulong)SendWindow.Maximum + 1)} − 1", channels);
        Assert.Contains($"on a grid of {KeystrokeCover.DefaultInterval} ms", channels);
        Assert.Contains($"Channels per connection: {new Qssh.Config.ServerOptions().MaxSessions} by default", channels);
    }

    private static string Power(ulong value)
    {
        Assert.True(BitOperations.IsPow2(value));
        return $"2^{BitOperations.Log2(value)}";
    }

    private static string GiB(long bytes) => $"{bytes / (1L << 30)} GiB";

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds} s";

    private static string Word(int number) => number == 2 ? "two" : number.ToString();
}
