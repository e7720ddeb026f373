using Qssh.Config;
using Qssh.Errors;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Schedule;
using Qssh.Sftp.Client;

namespace Qssh.Client;

/// <summary>A login for the file tools: the same steps as <see cref="ClientSession"/>, with a file transfer session as its only channel.</summary>
internal sealed class FileConnection(ClientConfig config, RemotePlan plan, ClientLog log) : IDisposable
{
    private const int LongestGoodbye = 100;

    private readonly IdentityKeys _keys = new(config, log);
    private ConnectionFacts? _facts;
    private SessionSecrets? _secrets;
    private ProvenHost? _host;
    private FileChannel? _channel;
    private bool _isOver;

    /// <exception cref="ShownFailureException">It cannot be; the message says all.</exception>
    /// <exception cref="FailureException">It cannot be.</exception>
    public async ValueTask<SftpSession> OpenAsync()
    {
        TrustedHost trusted = new(config, new HostConnector(config, log), new HostQuestion(config.Options), log);
        _host = await trusted.ConnectAsync(_keys.Prepare);
        FirstFlight flight = new(_host.Driver.RoundTrip);
        SessionMux mux = new(flight, Sides.Client, Gates.None, 0, null);
        _channel = new FileChannel(mux, plan, log);
        _secrets = await new UserLogin(config, _keys, log).RunAsync(_host, flight.First);
        _facts = ClientSession.Take(config, _host, _secrets);
        mux.Closed = _ => _isOver = true;
        flight.Attach(_facts.Link);
        Reactor.Current.Start(() => _facts.Link.RunAsync(mux));
        return _channel.Session;
    }

    /// <summary>Our goodbye has to be in the kernel's hands before this process is gone; a peer that takes nothing does not hold us.</summary>
    public async ValueTask CloseAsync()
    {
        if (_facts is null)
            return;
        long started = Environment.TickCount64;
        _channel!.Finish();
        // Everything has been answered by now; on a far path the channel's end would come too late in any case.
        while (!_isOver && !_channel.IsClosed && _facts.Link.RoundTrip < LongestGoodbye && Environment.TickCount64 - started < LongestGoodbye)
            await Reactor.Current.DelayAsync(TimeSpan.FromMilliseconds(1));
        _facts.Link.Close(AlertCode.Close);
        if (_channel.Packing is { } packing)
            log.Debug($"Compression: {packing}");
        log.Debug($"Transferred: sent {_facts.Link.SentBytes}, received {_facts.Link.ReceivedBytes} bytes; {_facts.Rekey.State.SendGeneration} rekeys");
        started = Environment.TickCount64;
        do
            await Reactor.Current.DelayAsync(TimeSpan.Zero);
        while (!_isOver && !_facts.Connection.Writer.IsEmpty && Environment.TickCount64 - started < LongestGoodbye);
        _host!.Leave();
    }

    public void Dispose()
    {
        _secrets?.Dispose();
        _host?.Dispose();
        _keys.Dispose();
    }
}
