using Qssh.Auth;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Record;
using Qssh.Schedule;
using Qssh.Tests.Support;
using Qssh.Transport;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Tests.Transport;

/// <summary>
/// A whole login in memory: both drivers and both authentication phases, over a path with faults, and all bytes that passed. The two
/// sides react to faults as client and server do.
/// </summary>
internal sealed class MemoryLogin : IUserLookup
{
    private static readonly byte[] s_address = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1];
    private readonly LoginOptions _options;
    private readonly MemoryDuplex _client;
    private readonly MemoryDuplex _server;

    public MemoryLogin(LoginOptions options)
    {
        _options = options;
        (_client, _server) = MemoryDuplex.Pair(options.ToServer, options.ToClient);
        _client.Outgoing.Tap = bytes => Up.AddRange(bytes);
        _server.Outgoing.Tap = bytes => Down.AddRange(bytes);
        ClientConnection = new RecordConnection(_client);
        ServerConnection = new RecordConnection(_server);
    }

    public RecordConnection ClientConnection { get; }

    public RecordConnection ServerConnection { get; }

    public MemoryDuplex ServerStream => _server;

    /// <summary>Bytes from the client, as sent.</summary>
    public List<byte> Up { get; } = [];

    public List<byte> Down { get; } = [];

    /// <summary>Bytes that the client had sent when it knew who the host is; -1: it never did.</summary>
    public int UpBeforeTrust { get; private set; } = -1;

    public TrustQuestion? Trust { get; private set; }

    public ServerParameters? Parameters { get; private set; }

    public SessionSecrets? ClientSession { get; private set; }

    public SessionSecrets? ServerSession { get; private set; }

    public AuthGrant? Grant { get; private set; }

    public AuthStatus? Status { get; private set; }

    public Exception? ClientFault { get; private set; }

    public Exception? ServerFault { get; private set; }

    public Tier Tier { get; private set; }

    public List<AuthVerdict> Verdicts { get; } = [];

    private LoginKeys HostKey => LoginKeys.Of(_options.Suite.Host, "host");

    private LoginKeys UserKey => LoginKeys.Of(_options.User, "user");

    public async ValueTask RunAsync()
    {
        Task client = ClientAsync().AsTask();
        Task server = ServerAsync().AsTask();
        await client;
        await server;
    }

    public void AssertSucceeded()
    {
        Assert.Null(ClientFault);
        Assert.Null(ServerFault);
        Assert.Equal(AuthStatus.Success, Status);
        Assert.NotNull(Grant);
        Assert.Equal(ClientSession!.SessionId.ToArray(), ServerSession!.SessionId.ToArray());
    }

    /// <summary>From the login's connections to links, as both programs do it.</summary>
    public LinkPair TakeOver()
    {
        LinkOptions options = new() { Kem = _options.Suite.Kem, Layout = Tier == Tier.PostQuantum ? RecordLayout.Variable : RecordLayout.Frames };
        return new LinkPair(
            _client, _server, LinkEnd.Create(ClientConnection, HandshakeRole.Client, ClientSession!, options), LinkEnd.Create(ServerConnection, HandshakeRole.Server, ServerSession!, options));
    }

    public ValueTask<(KeyAuthorization Authorization, bool IsAllowed)> FindAsync(UserClaim claim)
    {
        bool known = claim.User == "alice" && claim.Key.Equals(UserKey.Identity);
        return ValueTask.FromResult((known ? new KeyAuthorization(KeyDecision.Authorized, KeyOptions.None, "test:1") : KeyAuthorization.Denied, known));
    }

    public void Judged(UserClaim claim, AuthVerdict verdict) => Verdicts.Add(verdict);

    private async ValueTask ClientAsync()
    {
        SuiteList suites = new(_options.Preferred is { } preferred ? [preferred, _options.Suite] : [_options.Suite]);
        using ClientHandshakeDriver driver = new(ClientConnection, new ClientOffer(_options.ClientTiers, _options.ClientMinimum, suites));
        try
        {
            Trust = await driver.RunAsync();
            UpBeforeTrust = Up.Count;
            Parameters = driver.Parameters;
            Tier = driver.Handshake.Tier;
            ClientSession = driver.Finish();
            ClientAuthentication authentication = new(driver.Handshake.Binding!, driver.Parameters!, "alice");
            ClientAuthPhase phase = new(ClientConnection, authentication);
            for (int i = 0; Status != AuthStatus.Success && authentication.CanTry; i++)
            {
                LoginKeys key = i < _options.WrongKeys ? LoginKeys.Of(_options.User, "wrong") : UserKey;
                Status = await phase.TryAsync(key, key.Identity, _options.First);
            }

            // A server that closes says so after its last answer.
            if (Status != AuthStatus.Success)
                await ClientConnection.ReceiveFrameAsync();
        }
        catch (Exception fault) when (fault is IOException or ProtocolException)
        {
            ClientFault = fault;
            if (fault is ProtocolException { Code: var code } && ClientSession is not null)
                SendAlert(ClientConnection, code);
            _client.Dispose();
        }
    }

    private async ValueTask ServerAsync()
    {
        using CookieJar cookies = new();
        ServerHandshakeSettings settings = new()
        {
            Offer = new ServerOffer(_options.ServerTiers, new SuiteList([_options.Suite])),
            HostKey = _ => HostKey,
            Parameters = Policy().ToParameters(_options.Banner),
            Cookies = cookies,
            IsBusy = () => _options.IsBusy,
        };
        using ServerHandshakeDriver driver = new(ServerConnection, settings, s_address, TimeProvider.System);
        try
        {
            ServerSession = await driver.RunAsync();
            Grant = await new ServerAuthPhase(ServerConnection, new ServerAuthentication(driver.Handshake.Binding!, Policy()), this).RunAsync();
            if (Grant is null)
                SendAlert(ServerConnection, AlertCode.AuthenticationFailed);
        }
        catch (Exception fault) when (fault is IOException or ProtocolException)
        {
            ServerFault = fault;
            if (fault is ProtocolException { Code: var code })
                SendAlert(ServerConnection, code);
            _server.EndSend();
        }
    }

    private AuthPolicy Policy() => new() { UserSchemes = [SignatureScheme.MlDsa44, SignatureScheme.MlDsa65, SignatureScheme.MlDsa87], Attempts = _options.Attempts };

    private static void SendAlert(RecordConnection connection, AlertCode code)
    {
        connection.Writer.AppendAlone(FrameKind.Alert, [(byte)code]);
        connection.TrySend();
        connection.Stream.EndSend();
    }
}
