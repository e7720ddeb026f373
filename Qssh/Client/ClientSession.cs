using System.Diagnostics;
using Qssh.Config;
using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Record;
using Qssh.Schedule;
using Qssh.Transport;

namespace Qssh.Client;

/// <summary>One run of the client: connect, trust, log in, carry the session, and say in one line what went wrong if it did.</summary>
internal sealed class ClientSession(ClientConfig config, RemotePlan plan, ClientLog log, string program)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Notifier _over = new();
    private SessionLink? _link;
    private RecordConnection? _connection;
    private bool _isOver;
    private Exception? _fault;

    /// <summary>Called once, when the user is logged in.</summary>
    public Action? LoggedIn { get; init; }

    /// <returns>The exit status.</returns>
    public int Run() => new Reactor().Run(RunAsync);

    private async ValueTask<int> RunAsync()
    {
        try
        {
            if (plan.Warning is { } warning)
                log.Info(warning);
            return await ConnectAsync();
        }
        catch (ShownFailureException failure)
        {
            log.Fatal(failure.Message);
        }
        catch (FailureException failure)
        {
            log.Fatal($"{program}: {failure.Message}");
        }

        return FailureException.OwnFailure;
    }

    private async ValueTask<int> ConnectAsync()
    {
        using IdentityKeys keys = new(config, log);
        TrustedHost trusted = new(config, new HostConnector(config, log), new HostQuestion(config.Options), log);
        using ProvenHost host = await trusted.ConnectAsync(keys.Prepare);

        // The session's first messages travel with the login: one round trip less.
        FirstFlight flight = new(host.Driver.RoundTrip);
        SessionMux mux = new(flight, Sides.Client, Gates.None, 0, null) { Closed = OnClosed };
        RemoteSession? session = plan.Kind == RemoteKind.None ? null : new RemoteSession(mux, plan, log);

        UserLogin login = new(config, keys, log);
        using SessionSecrets secrets = await login.RunAsync(host, flight.First);
        LogLogin(login, host);
        Start(host, secrets, flight, mux);
        LoggedIn?.Invoke();
        return session is null ? await HoldAsync() : await CarryAsync(session, host);
    }

    private void Start(ProvenHost host, SessionSecrets secrets, FirstFlight flight, SessionMux mux)
    {
        RecordConnection connection = _connection = host.Connection;
        if (host.Tier == Tier.PostQuantum)
        {
            connection.Writer.Switch(RecordLayout.Variable, connection.Writer.Key);
            connection.Reader.Switch(RecordLayout.Variable, connection.Reader.Key);
        }

        secrets.ForgetResumptionRoot();
        HybridKem kem = HybridKem.Find((byte)host.Suite.Kem)!;
        RekeyMachine machine = new(HandshakeRole.Client, kem, secrets, Limits(config.Options.RekeyLimit), TimeSpan.Zero);
        SessionLinkSettings settings = new()
        {
            KeepAliveInterval = config.Options.ServerAliveInterval,
            KeepAliveCount = config.Options.ServerAliveCountMax,
        };
        SessionLink link = _link = new SessionLink(connection, Reactor.Current, new RekeyDriver(connection, machine), settings, host.Driver.RoundTrip);
        host.Keep();
        flight.Attach(link);
        Reactor.Current.Start(() => link.RunAsync(mux));
    }

    private static RekeyLimits Limits(RekeyLimit limit) => RekeyLimits.Default with
    {
        FullBytes = limit.Bytes ?? RekeyLimits.Default.FullBytes,
        FullAge = limit.Time ?? RekeyLimits.Default.FullAge,
    };

    private async ValueTask<int> CarryAsync(RemoteSession session, ProvenHost host)
    {
        await session.EndAsync();
        await LeaveAsync();
        return session.Status ?? 255;
    }

    /// <summary>-N: the connection is all there is, until somebody ends it.</summary>
    private async ValueTask<int> HoldAsync()
    {
        while (!_isOver)
            await _over.WaitAsync();
        return 0;
    }

    private async ValueTask LeaveAsync()
    {
        _link!.Close(AlertCode.Close);
        long started = Environment.TickCount64;
        while (!_connection!.Writer.IsEmpty && Environment.TickCount64 - started < 100)
            await Reactor.Current.DelayAsync(TimeSpan.Zero);
    }

    private void OnClosed(Exception? reason)
    {
        _isOver = true;
        _fault = reason;
        _over.Set();
    }

    private void LogLogin(UserLogin login, ProvenHost host)
    {
        if (log.IsVerbose)
            log.Debug($"Authenticated to {config.HostName} ([{host.Address.AddressText}]:{config.Options.Port.Value}) using \"publickey\" {login.Key} in {Stopwatch.GetElapsedTime(_started).TotalMilliseconds:0.0} ms");
    }
}
