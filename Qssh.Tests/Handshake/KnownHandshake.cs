using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Handshake;
using Qssh.Schedule;
using Qssh.Wire.Messages.Auth;
using static Qssh.Tests.Support.ProtocolVectors;

namespace Qssh.Tests.Handshake;

/// <summary>
/// The handshake of the known answers, with the randomness of both sides fixed, so that any point of it can be reached again and again
/// at the price of one KEM.
/// </summary>
internal sealed class KnownHandshake : IDisposable
{
    public const long Now = 1_800_000_000;

    public static readonly byte[] Address = Hex("retry", "address");

    public static readonly ServerParameters Parameters = new()
    {
        Methods = AuthMethods.PublicKey,
        Attempts = 6,
        UserSchemes = [SignatureScheme.Falcon512, SignatureScheme.MlDsa44, SignatureScheme.MlDsa65, SignatureScheme.SlhDsaShake128s],
    };

    public static readonly byte[] Signature = Hex("messages", "SP")[5..];

    public static readonly byte[] HostKey = Hex("messages", "SI")[7..];

    private static readonly HybridKem s_kem = HybridKem.Find(1)!;

    private static readonly string[] s_order = ["CH", "SH", "SA", "SI", "SP", "SF", "CF"];

    private readonly byte[] _buffer = new byte[HandshakeLimits.Flight];

    public ClientHandshake Client { get; } = new(Offer());

    public ServerHandshake Server { get; } = new(new ServerOffer(TierSet.Between(Tier.PostQuantum, Tier.Hardened), new SuiteList([Suite.Decode(0x0104), Suite.Decode(0x0204)])));

    public CookieJar Jar { get; } = new();

    public ServerParameters? SeenParameters { get; private set; }

    public TrustQuestion? Trust { get; private set; }

    public SessionSecrets? ClientSession { get; private set; }

    public SessionSecrets? ServerSession { get; private set; }

    public HelloContext Context => new(Jar, Address, Now);

    public static IReadOnlyList<string> Order => s_order;

    public static ClientOffer Offer() =>
        new(TierSet.Between(Tier.Hardened, Tier.QuantumSecured), Tier.Hardened, new SuiteList([Suite.Decode(0x0104), Suite.Decode(0x0101), Suite.Decode(0x0204)]));

    public static HybridKemKey KemKey() => s_kem.KeyFromSeed(Hex("inputs", "kem_seed"));

    /// <summary>The message is made by its sender.</summary>
    public byte[] Create(string label) => label switch
    {
        "CH" => Taken(Client.CreateClientHello(Hex("inputs", "client_random"), KemKey(), _buffer)),
        "SH" => Taken(Server.CreateServerHello(Hex("inputs", "server_random"), Hex("inputs", "kem_encap_seed"), _buffer)),
        "SA" => Taken(Server.CreateServerParams(Parameters, _buffer)),
        "SI" => Taken(Server.CreateServerIdentity(HostKey, _buffer)),
        "SP" => Taken(Server.CreateServerProof(Signature, _buffer)),
        "SF" => Taken(Server.CreateServerFinished(_buffer)),
        "CF" => CreateClientFinished(),
        _ => throw new ArgumentOutOfRangeException(nameof(label)),
    };

    /// <summary>The message is taken by its receiver.</summary>
    public void Consume(string label, ReadOnlySpan<byte> message)
    {
        switch (label)
        {
            case "CH":
                Server.ConsumeClientHello(message, Context);
                break;
            case "HR":
                Client.ConsumeHelloRetry(message);
                break;
            case "SH":
                Client.ConsumeServerHello(message);
                break;
            case "SA":
                SeenParameters = Client.ConsumeServerParams(message);
                break;
            case "SI":
                Client.ConsumeServerIdentity(message);
                break;
            case "SP":
                Client.ConsumeServerProof(message);
                break;
            case "SF":
                Trust = Client.ConsumeServerFinished(message);
                break;
            case "CF":
                ServerSession = Server.ConsumeClientFinished(message);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(label));
        }
    }

    /// <summary>Everything before the message, which is then made but not taken.</summary>
    public byte[] RunTo(string label)
    {
        foreach (string step in s_order)
        {
            byte[] message = Create(step);
            if (step == label)
                return message;
            Consume(step, message);
        }

        throw new ArgumentOutOfRangeException(nameof(label));
    }

    public void RunAll() => Consume("CF", RunTo("CF"));

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        ClientSession?.Dispose();
        ServerSession?.Dispose();
        Jar.Dispose();
    }

    private byte[] CreateClientFinished()
    {
        int length = Client.CreateClientFinished(_buffer, out SessionSecrets session);
        ClientSession = session;
        return Taken(length);
    }

    private byte[] Taken(int length) => _buffer[..length];
}
