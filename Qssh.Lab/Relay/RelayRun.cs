using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Qssh.Lab.Relay;

/// <summary>
/// <c>relay PORT TARGET MILLISECONDS MEGABITS [CUT]</c>: says its port (0: a free one) and serves until it is killed. <c>link MILLISECONDS MEGABITS MEGABYTES</c>: what plain TCP reaches
/// through it, in bytes per second.
/// </summary>
internal static class RelayRun
{
    public static int Serve(ReadOnlySpan<string> words)
    {
        LinkShape shape = Shape(words[2..], words.Length > 4 ? long.Parse(words[4], CultureInfo.InvariantCulture) : 0);
        using DelayRelay relay = new(int.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture), shape);
        Console.WriteLine(relay.Port);
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    public static int Probe(ReadOnlySpan<string> words)
    {
        long rate = Measure(Shape(words, 0), long.Parse(words[2], CultureInfo.InvariantCulture) << 20);
        Console.WriteLine(rate.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>Bytes per second between the first byte that is sent and the last one that comes, so the delay counts once.</summary>
    public static long Measure(LinkShape shape, long bytes)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using DelayRelay relay = new(0, ((IPEndPoint)listener.LocalEndpoint).Port, shape);
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        sender.Connect(IPAddress.Loopback, relay.Port);
        using Socket receiver = listener.AcceptSocket();
        long begun = Stopwatch.GetTimestamp();
        Thread sending = new(() =>
        {
            byte[] data = new byte[256 * 1024];
            for (long left = bytes; left > 0; left -= data.Length)
                sender.Send(data);
            sender.Shutdown(SocketShutdown.Send);
        });
        sending.Start();
        byte[] buffer = new byte[256 * 1024];
        long total = 0;
        for (int count; (count = receiver.Receive(buffer)) > 0;)
            total += count;
        sending.Join();
        return (long)(total / Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private static LinkShape Shape(ReadOnlySpan<string> words, long cut) => new()
    {
        Delay = TimeSpan.FromMilliseconds(double.Parse(words[0], CultureInfo.InvariantCulture)),
        Rate = (long)(double.Parse(words[1], CultureInfo.InvariantCulture) * 1e6),
        CutAfter = cut,
    };
}
