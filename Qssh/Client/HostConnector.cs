using Qssh.Config;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Record;
using Qssh.Transport;

namespace Qssh.Client;

/// <summary>One attempt from a host name to SF4: addresses, TCP, handshake, under ConnectTimeout. Called again for a narrowed offer.</summary>
internal sealed class HostConnector(ClientConfig config, ClientLog log)
{
    /// <summary>A server that says nothing at all is given up after this time where no ConnectTimeout is set.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private SocketAddress[]? _addresses;

    private ClientOptions Options => config.Options;

    private string Where => $"{config.HostName} port {Options.Port.Value}{(Options.ProxyCommand.Value.Length > 0 ? " through ProxyCommand" : "")}";

    /// <param name="whileWaiting">Work for the time in which the server computes.</param>
    public async ValueTask<ProvenHost> ConnectAsync(ClientOffer offer, Action? whileWaiting = null)
    {
        ProxyProcess? proxy = Options.ProxyCommand.Value.Length > 0 ? ProxyProcess.Start(config, log) : null;
        TcpSocket socket = proxy?.Socket ?? await OpenSocketAsync();
        log.Debug("Connection established.");
        RecordConnection connection = new(new SocketDuplex(socket));
        ClientHandshakeDriver driver = new(connection, offer);
        bool expired = false;
        ReactorTimer deadline = Reactor.Current.Schedule(Options.ConnectTimeout.Value ?? s_patience, () =>
        {
            expired = true;
            connection.Stream.Dispose();
        });
        try
        {
            ValueTask<TrustQuestion> handshake = driver.RunAsync();
            whileWaiting?.Invoke();
            ProvenHost host = new(socket, proxy, connection, driver, await handshake);
            LogHandshake(host);
            return host;
        }
        catch (Exception fault)
        {
            if (fault is ProtocolException { Code: var code })
                Farewell.Send(connection, code);
            driver.Dispose();
            connection.Dispose();
            proxy?.Dispose();
            throw Explain(fault, expired);
        }
        finally
        {
            deadline.Cancel();
        }
    }

    private async ValueTask<TcpSocket> OpenSocketAsync()
    {
        _addresses ??= await ResolveAsync();
        ConnectRequest request = new(config.HostName, _addresses, Options.Port)
        {
            Family = Family,
            BindAddress = Options.BindAddress.IsSet ? ParseBindAddress(Options.BindAddress) : null,
            BindInterface = Options.BindInterface.IsSet ? Options.BindInterface.Value : null,
            Timeout = Options.ConnectTimeout.Value ?? TimeSpan.Zero,
            KeepAlive = Options.TcpKeepAlive,
        };
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await TcpConnector.ConnectAsync(request);
            }
            catch (FailureException fault) when (attempt < Options.ConnectionAttempts)
            {
                log.Debug($"attempt {attempt} of {Options.ConnectionAttempts.Value}: {fault.Message}");
                await Reactor.Current.DelayAsync(TimeSpan.FromSeconds(1));
            }
        }
    }

    private IpFamily Family => Options.AddressFamily.Value switch
    {
        AddressFamily.Inet => IpFamily.V4,
        AddressFamily.Inet6 => IpFamily.V6,
        _ => IpFamily.Any,
    };

    private async ValueTask<SocketAddress[]> ResolveAsync()
    {
        SocketAddress[] addresses = SocketAddress.TryParse(config.HostName, 0, out _) ? [] : HostsFile.Find(config.HostName, Family);
        if (addresses.Length == 0)
            addresses = await NameResolver.ResolveAsync(config.HostName, Family);
        if (log.IsVerbose)
            log.Debug($"Connecting to {config.HostName} [{string.Join(", ", Array.ConvertAll(addresses, address => address.AddressText))}] port {Options.Port.Value}.");
        return addresses;
    }

    private static SocketAddress ParseBindAddress(string text) => SocketAddress.TryParse(text, 0, out SocketAddress address)
        ? address
        : throw new FailureException($"BindAddress {text} is not a numeric address");

    private Exception Explain(Exception fault, bool expired) => fault switch
    {
        _ when expired => new FailureException($"Connection to {Where} timed out during the handshake"),
        ConnectionEndException { Cause: EndCause.Alert, Alert: AlertCode.NoCommonSuite } end => end,
        ConnectionEndException { Cause: EndCause.Truncated } => new FailureException($"Connection closed by {Where} during the handshake"),
        IOException => new FailureException($"{Where}: {fault.Message}"),
        ProtocolException => new FailureException($"{Where}: handshake failed: {fault.Message}"),
        _ => fault,
    };

    /// <summary>The text for an alert that <see cref="ConnectAsync"/> lets through, as only its caller knows what it means.</summary>
    public FailureException Refused(ConnectionEndException end) => new($"{Where}: {end.Message}");

    private void LogHandshake(ProvenHost host)
    {
        if (Options.VisualHostKey)
            log.Info($"Host key fingerprint is {host.Key.Fingerprint}\n{Randomart.Draw(host.Key).TrimEnd('\n')}");
        if (!log.IsVerbose)
            return;
        log.Debug("Remote protocol version QSSH/1");
        log.Debug($"tier: {Tiers.ShortName(host.Tier)} ({Tiers.LongName(host.Tier)})");
        log.Debug($"suite: {host.Suite}");
        log.Debug($"Server host key: {host.Key.TypeName} {host.Key.Fingerprint}");
        log.Debug2($"handshake round trip: {host.Driver.RoundTrip} ms");
    }
}
