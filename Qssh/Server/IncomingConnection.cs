using Microsoft.Extensions.Logging;
using Qssh.Auth;
using Qssh.Config;
using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Record;
using Qssh.Schedule;
using Qssh.Telemetry.Log;
using Qssh.Transport;

namespace Qssh.Server;

/// <summary>
/// One connection from accept to close: handshake, authentication, sessions, in this order and each under its deadline. Whatever goes
/// wrong ends here: one place maps it to an alert and a log line.
/// </summary>
internal sealed class IncomingConnection : IQuotaMember
{
    private readonly long _id;
    private readonly ServerHost _host;
    private readonly ServerState _state;
    private readonly RecordConnection _connection;
    private readonly SocketAddress _peer;
    private readonly SocketAddress _local;
    private readonly ReactorTimer _deadline;
    private readonly ILogger _log;
    private readonly TcpSocket _socket;
    private SessionLink? _link;
    private string? _user;
    private string? _ending;

    public IncomingConnection(long id, ServerHost host, ServerState state, TcpSocket socket)
    {
        _id = id;
        _host = host;
        _state = state;
        _log = host.Log;
        _peer = socket.Peer;
        _local = socket.Local;
        _socket = socket;
        _connection = new RecordConnection(new SocketDuplex(socket));
        Source = SourceBlock.Of(_peer, state.Config.Global.PerSourceNetBlockSize);
        TimeSpan limit = LoginLimit < HandshakeLimits.HandshakeDeadline ? LoginLimit : HandshakeLimits.HandshakeDeadline;
        _deadline = Reactor.Current.Schedule(limit, () => Cut("the time to log in is over", AlertCode.Deadline));
    }

    public long Id => _id;

    public UInt128 Source { get; }

    public bool IsAuthenticated { get; private set; }

    /// <summary>From accept to AR success; the protocol's limit is the longest.</summary>
    private TimeSpan LoginLimit =>
        _state.Config.Global.LoginGraceTime.Value is var grace && grace > TimeSpan.Zero && grace < HandshakeLimits.AuthenticationDeadline
            ? grace
            : HandshakeLimits.AuthenticationDeadline;

    public void Evict() => Cut("made room for others", AlertCode.Refused);

    /// <summary>Not admitted: told so in one frame, without any handshake.</summary>
    public void Refuse()
    {
        Cut("not admitted", AlertCode.Refused);
        _deadline.Cancel();
        _connection.Dispose();
    }

    /// <summary>Tells the client that the server goes, and ends.</summary>
    public void ShutDown()
    {
        if (_link is null)
            Cut("the server is shutting down", AlertCode.ShuttingDown);
        else
            _link.Close(AlertCode.ShuttingDown);
    }

    public async ValueTask RunAsync()
    {
        long started = Environment.TickCount64;
        try
        {
            _log.Accepted(_id, _host.Show(_peer));
            using ServerHandshakeDriver driver = new(_connection, Settings(), AddressBytes(), TimeProvider.System);
            using SessionSecrets session = await driver.RunAsync();
            _log.HandshakeDone(_id, Tiers.ShortName(driver.Handshake.Tier), driver.Handshake.Suite.ToString());
            Extend(started);
            await AuthenticateAsync(driver, session);
        }
        catch (ProtocolException fault)
        {
            Refuse(fault);
        }
        catch (IOException fault)
        {
            _log.HandshakeFailed(_id, _host.Show(_peer), _ending ?? fault.Message);
        }
        catch (FailureException fault)
        {
            _log.HandshakeFailed(_id, _host.Show(_peer), fault.Message);
            SendAlert(AlertCode.Internal);
        }
        finally
        {
            _deadline.Cancel();
            _connection.Dispose();
        }
    }

    private ServerHandshakeSettings Settings() => new()
    {
        Offer = _state.Offer,
        HostKey = scheme => _host.SlowSignatures.Of(_state.HostKey(scheme), Source, () => _ending is not null || _socket.IsPeerGone),
        Parameters = _state.Parameters,
        Cookies = _host.Cookies,
        IsBusy = () => _host.Quota.IsBusy,
    };

    private byte[] AddressBytes()
    {
        byte[] address = new byte[16];
        _peer.CopyAddress(address);
        return address;
    }

    /// <summary>The whole time to log in counts from accept.</summary>
    private void Extend(long started)
    {
        _ending = null;
        _deadline.Cancel();
        TimeSpan left = LoginLimit - TimeSpan.FromMilliseconds(Environment.TickCount64 - started);
        _deadline.Restart(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private async ValueTask AuthenticateAsync(ServerHandshakeDriver driver, SessionSecrets session)
    {
        UserAdmission admission = new(_id, _state, _host.Decoys, _peer, _local, _host.Show(_peer), driver.Handshake.Tier, _log);
        ServerAuthentication authentication = new(driver.Handshake.Binding!, _state.Policy);
        AuthGrant? grant = await new ServerAuthPhase(_connection, authentication, admission).RunAsync();
        if (grant is null)
        {
            SendAlert(AlertCode.AuthenticationFailed);
            return;
        }

        _deadline.Cancel();
        if (!_host.Quota.TryAuthenticate(this))
        {
            SendAlert(AlertCode.Refused);
            return;
        }

        IsAuthenticated = true;
        _host.LoggedIn();
        _user = grant.User;
        PublicKey key = grant.Keys[0].Key;
        _log.LoggedIn(_id, grant.User, _host.Show(_peer), key.TypeName, key.Fingerprint, Tiers.ShortName(driver.Handshake.Tier), driver.Handshake.Suite.ToString());
        session.ForgetResumptionRoot();
        await ServeAsync(driver, session, admission, grant);
    }

    private async ValueTask ServeAsync(ServerHandshakeDriver driver, SessionSecrets session, UserAdmission admission, AuthGrant grant)
    {
        Tier tier = driver.Handshake.Tier;
        if (tier == Tier.PostQuantum)
        {
            _connection.Writer.Switch(RecordLayout.Variable, _connection.Writer.Key);
            _connection.Reader.Switch(RecordLayout.Variable, _connection.Reader.Key);
        }

        ServerOptions options = admission.Options;
        HybridKem kem = HybridKem.Find((byte)driver.Handshake.Suite.Kem)!;
        RekeyMachine machine = new(HandshakeRole.Server, kem, session, LinkOptions.Limits(options.RekeyLimit), TimeSpan.Zero);
        _link = new SessionLink(_connection, Reactor.Current, new RekeyDriver(_connection, machine), LinkOptions.Settings(options), driver.RoundTrip);
        LoginContext login = Context(driver, admission, grant);
        SessionMux mux = new(_link, Sides.Server, LinkOptions.Gates(login), options.MaxSessions, (channel, _) => new LoginSession(channel, login, TerminalStarted));
        mux.HostKeys = new HostKeyAnnouncer(mux, _state, driver.Handshake.Binding!, _host.SlowSignatures, Source);
        mux.Closed = reason => _log.Disconnected(_id, grant.User, _ending ?? reason?.Message ?? "closed by the client");
        SetTrafficClass(options.IpQos.Value.Bulk);
        await _link.RunAsync(mux, grant.First);

        void TerminalStarted()
        {
            SetTrafficClass(options.IpQos.Value.Interactive);
            if (tier >= Tier.Hardened)
                _link.CoverKeystrokes(isClient: false, KeystrokeCover.DefaultInterval);
        }
    }

    private void SetTrafficClass(int? value)
    {
        if (value is { } known)
            _socket.SetTrafficClass(known);
    }

    private LoginContext Context(ServerHandshakeDriver driver, UserAdmission admission, AuthGrant grant) => new()
    {
        Connection = _id,
        Account = admission.Account!,
        Groups = admission.Groups,
        Options = admission.Options,
        Capabilities = grant.Capabilities,
        Peer = _peer,
        Local = _local,
        Tier = driver.Handshake.Tier,
        Suite = driver.Handshake.Suite,
        Log = _log,
    };

    private void Refuse(ProtocolException fault)
    {
        _log.HandshakeFailed(_id, _host.Show(_peer), fault.Message);
        SendAlert(fault.Code);
    }

    /// <summary>One try, without waiting: the peer of a failed handshake is owed nothing more.</summary>
    private void SendAlert(AlertCode code)
    {
        try
        {
            _connection.Writer.AppendAlone(FrameKind.Alert, [(byte)code]);
            _connection.TrySend();
            _connection.Stream.EndSend();
        }
        catch (Exception fault) when (fault is IOException or ProtocolException)
        {
            _log.Note(_id, "alert not sent: " + fault.Message);
        }
    }

    private void Cut(string reason, AlertCode code)
    {
        _ending ??= reason;
        SendAlert(code);
        _connection.Stream.Dispose();
    }
}
