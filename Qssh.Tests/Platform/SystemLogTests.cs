using System.Net.Sockets;
using System.Text;
using Qssh.Client;
using Qssh.Config;
using Qssh.Platform;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Platform;

public sealed class SystemLogTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Name => _directory["log"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_line_is_one_datagram_in_the_known_form()
    {
        using Socket receiver = Listen();
        using SystemLog log = new("qsshd", 4, Name);
        Assert.True(log.TryWrite(SystemLog.Information, "hello"u8));
        Assert.True(log.TryWrite(SystemLog.Error, "again"u8));
        Assert.Equal($"<38>qsshd[{Environment.ProcessId}]: hello", Receive(receiver));
        Assert.Equal($"<35>qsshd[{Environment.ProcessId}]: again", Receive(receiver));
    }

    [Fact]
    public void Without_a_receiver_the_line_is_the_callers()
    {
        using SystemLog log = new("qsshd", 4, Name);
        Assert.False(log.TryWrite(SystemLog.Information, "hello"u8));
        using SystemLog nowhere = new("qsshd", 4, "/" + new string('x', 200));
        Assert.False(nowhere.TryWrite(SystemLog.Information, "hello"u8));
    }

    [Fact]
    public void A_receiver_that_starts_anew_gets_what_follows()
    {
        using SystemLog log = new("qsshd", 4, Name);
        using (Listen())
            Assert.True(log.TryWrite(SystemLog.Information, "first"u8));
        Assert.False(log.TryWrite(SystemLog.Information, "lost"u8));
        File.Delete(Name);
        using Socket second = Listen();
        Assert.True(log.TryWrite(SystemLog.Information, "second"u8));
        Assert.EndsWith(": second", Receive(second), StringComparison.Ordinal);
    }

    [Fact]
    public void A_receiver_that_does_not_read_holds_nobody()
    {
        using Socket receiver = Listen();
        using SystemLog log = new("qsshd", 4, Name);
        int taken = 0;
        while (taken < 100_000 && log.TryWrite(SystemLog.Information, new byte[1000]))
            taken++;
        Assert.InRange(taken, 1, 99_999);
    }

    [Fact]
    public void The_client_writes_its_lines_there_with_their_weight()
    {
        using Socket receiver = Listen();
        using ClientLog log = new(LogVerbosity.Debug1) { Journal = new SystemLog("qssh", (int)SyslogFacility.User, Name) };
        log.Info("a");
        log.Debug("b");
        log.Fatal("c");
        Assert.Equal(["<14>", "<15>", "<11>"], new[] { Receive(receiver), Receive(receiver), Receive(receiver) }.Select(line => line[..4]));
    }

    private static string Receive(Socket socket)
    {
        byte[] buffer = new byte[2048];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    private Socket Listen()
    {
        Socket socket = new(System.Net.Sockets.AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        socket.Bind(new UnixDomainSocketEndPoint(Name));
        return socket;
    }
}
