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
        HostQuestion person = new(config.Options);
        TrustedHost trusted = new(config, new HostConnector(config, log), person, log);
        using ProvenHost host = await trusted.ConnectAsync(keys.Prepare);

        if ((plan.WantsTerminal ? config.Options.IpQos.Value.Interactive : config.Options.IpQos.Value.Bulk) is { } quality)
            host.SetTrafficClass(quality);

        // The session's first messages travel with the login: one round trip less.
        FirstFlight flight = new(host.Driver.RoundTrip);
        SessionMux mux = new(flight, Sides.Client, Gates.None, 0, null);
        RemoteSession? session = plan.Kind == RemoteKind.None ? null : new RemoteSession(mux, plan, log);
        HostKeyUpdate? update = HostKeyUpdate.Begin(mux, trusted.UpdatePlan, host.Driver.Handshake, person, log);

        UserLogin login = new(config, keys, log);
        using SessionSecrets secrets = await login.RunAsync(host, flight.First);
        LogLogin(login, host);
        ConnectionFacts facts = Take(config, host, secrets);
        using SessionCarrier carrier = new(facts, session, plan, config.Options, log);
        mux.Closed = carrier.OnConnectionClosed;
        LoggedIn?.Invoke();
        RunLocalCommand();
        flight.Attach(facts.Link);
        Reactor.Current.Start(() => facts.Link.RunAsync(mux));
        int status = await carrier.RunAsync();
        if (update is not null)
            await update.FinishAsync();
        host.Leave();
        if (session?.Channel.Packing is { } packing)
            log.Debug($"Compression: {packing}");
        log.Debug($"Transferred: sent {facts.Link.SentBytes}, received {facts.Link.ReceivedBytes} bytes; {facts.Rekey.State.SendGeneration} rekeys");
        return status;
    }

    /// <summary>From the handshake's connection to the session's: layout of the tier, keys into the rekey machine.</summary>
    internal static ConnectionFacts Take(ClientConfig config, ProvenHost host, SessionSecrets secrets)
    {
        RecordConnection connection = host.Connection;
        if (host.Tier == Tier.PostQuantum)
        {
            connection.Writer.Switch(RecordLayout.Variable, connection.Writer.Key);
            connection.Reader.Switch(RecordLayout.Variable, connection.Reader.Key);
        }

        secrets.ForgetResumptionRoot();
        HybridKem kem = HybridKem.Find((byte)host.Suite.Kem)!;
        RekeyMachine machine = new(HandshakeRole.Client, kem, secrets, Limits(config.Options.RekeyLimit), TimeSpan.Zero);
        RekeyDriver rekey = new(connection, machine);
        SessionLinkSettings settings = new()
        {
            KeepAliveInterval = config.Options.ServerAliveInterval,
            KeepAliveCount = config.Options.ServerAliveCountMax,
        };
        SessionLink link = new(connection, Reactor.Current, rekey, settings, host.Driver.RoundTrip);
        host.Keep();
        return new ConnectionFacts(config.HostName, config.User, host.Address, host.Key, host.Suite, host.Tier, connection, link, rekey);
    }

    /// <summary>Before the first word of the remote program, as in OpenSSH; its status does not matter.</summary>
    private void RunLocalCommand()
    {
        if (!config.Options.PermitLocalCommand || config.Options.LocalCommand.Value.Length == 0)
            return;
        string command = ConfigTokens.Expand(config.Options.LocalCommand, letter => letter == 'T' ? "NONE" : config.Token(letter));
        log.Debug("Executing local command: " + command);
        ShellCommand.Run(command, 0, 1, 2);
    }

    private static RekeyLimits Limits(RekeyLimit limit) => RekeyLimits.Default with
    {
        FullBytes = limit.Bytes ?? RekeyLimits.Default.FullBytes,
        FullAge = limit.Time ?? RekeyLimits.Default.FullAge,
    };

    private void LogLogin(UserLogin login, ProvenHost host)
    {
        if (!log.IsVerbose)
            return;
        long tenths = (long)(Stopwatch.GetElapsedTime(_started).TotalMilliseconds * 10 + 0.5);
        string place = host.PlainAddress is { } address ? $"[{address}]:{config.Options.Port.Value}" : "via proxy";
        log.Debug($"Authenticated to {config.HostName} ({place}) using \"publickey\".");
        log.Debug($"user key: {login.Key}; logged in as {config.User} after {tenths / 10}.{tenths % 10} ms");
    }
}
