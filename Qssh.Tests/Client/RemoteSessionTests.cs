using Qssh.Client;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Tests.Mux;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Tests.Client;

/// <summary>A server that answers what was not asked must not get at the local terminal.</summary>
public sealed class RemoteSessionTests
{
    private const byte Terminal = 0x50, Shell = 0x51, Command = 0x52;

    [Fact]
    public void A_session_starts_once() => Run("-n host ls", (mux, starts) =>
    {
        Answer(mux, Command);
        Assert.Equal([false], starts);
        Assert.Throws<ProtocolException>(() => Answer(mux, Command));
        Assert.Throws<ProtocolException>(() => Answer(mux, Shell));
        Assert.Equal([false], starts);
    });

    [Fact]
    public void A_terminal_that_was_not_asked_for_is_not_taken() => Run("-n host ls", (mux, starts) =>
    {
        Assert.Throws<ProtocolException>(() => Answer(mux, Terminal));
        Assert.Empty(starts);
    });

    [Fact]
    public void The_terminal_is_answered_before_the_program_only() => Run("-n -tt host ls", (mux, starts) =>
    {
        Answer(mux, Terminal);
        Answer(mux, Command);
        Assert.Throws<ProtocolException>(() => Answer(mux, Terminal));
        Assert.Equal([true], starts);
    });

    private static void Answer(SessionMux mux, byte request) => mux.OnSessionBytes(new RequestReply { Channel = 0, Request = request, Ok = true }.ToArray());

    private static void Run(string line, Action<SessionMux, List<bool>> test)
    {
        using Reactor reactor = new();
        reactor.Run(() =>
        {
            List<bool> starts = [];
            using ClientLog log = new(LogVerbosity.Quiet);
            SessionMux mux = new(new MemoryLink(), Sides.Client, Gates.None, 0, null);
            _ = new RemoteSession(mux, RemotePlanTests.Plan(line, terminal: false), log) { Started = starts.Add };
            mux.OnSessionBytes(new ChannelAccept { Channel = 0, Window = 1 << 20 }.ToArray());
            test(mux, starts);
            return ValueTask.FromResult(0);
        });
    }
}
