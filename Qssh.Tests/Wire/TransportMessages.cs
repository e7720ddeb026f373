using Qssh.Wire;
using Qssh.Wire.Messages.Auth;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Tests.Wire;

/// <summary>The messages of docs/protocol.md, section 3, but those of authentication.</summary>
internal static class TransportMessages
{
    private static readonly byte[] s_ones = [.. Enumerable.Repeat((byte)0x11, 32)];
    private static readonly string s_onesHex = new('1', 64);

    public static IEnumerable<MessageKind> All =>
    [
        new(nameof(ClientHello), 0x01, m => ClientHello.ReadMessage(m).ToArray(), s => SampleHello((Sampler)s), (LayoutHello, HelloHex)),
        new(nameof(HelloRetry), 0x02, m => HelloRetry.ReadMessage(m).ToArray(), s => SampleRetry((Sampler)s),
            (() => new HelloRetry { Kem = 1, Work = 8, Cookie = new byte[107] }.ToArray(), "02006e" + "01" + "08" + "6b" + new string('0', 214))),
        new(nameof(ServerHello), 0x03, m => ServerHello.ReadMessage(m).ToArray(), s => SampleServerHello((Sampler)s),
            (() => new ServerHello { Random = s_ones, Tier = 2, Suite = 0x0104, Accepted = EarlyKind.PreSharedKey, Ciphertext = [7, 8] }.ToArray(),
                "03002a" + "0001" + s_onesHex + "02" + "0104" + "02" + "00020708")),
        new(nameof(ServerParams), 0x10, m => ServerParams.ReadMessage(m).ToArray(), s => SampleParams((Sampler)s), (LayoutParams,
            "100010" + "0f" + "06" + "020406" + "00026869" + "01" + "03616263" + "0064")),
        new(nameof(ServerIdentity), 0x11, m => ServerIdentity.ReadMessage(m).ToArray(), s => SampleIdentity((Sampler)s),
            (() => new ServerIdentity { Kind = IdentityKind.Certificate, Scheme = 4, Identity = [1, 2, 3] }.ToArray(), "110007" + "02" + "04" + "0003010203")),
        new(nameof(ServerProof), 0x12, m => ServerProof.ReadMessage(m).ToArray(), s => new ServerProof { Signature = ((Sampler)s).Bytes(0, 5000) }.ToArray(),
            (() => new ServerProof { Signature = [9, 10] }.ToArray(), "120004" + "0002090a")),
        new(nameof(ServerFinished), 0x13, m => ServerFinished.ReadMessage(m).ToArray(), s => new ServerFinished { Mac = ((Sampler)s).Bytes(32) }.ToArray(),
            (() => new ServerFinished { Mac = s_ones }.ToArray(), "130020" + s_onesHex)),
        new(nameof(QkdKey), 0x14, m => QkdKey.ReadMessage(m).ToArray(), s => SampleQkd((Sampler)s),
            (() => new QkdKey { Sae = "ab"u8, KeyId = s_ones.AsSpan(16), Qber = 312 }.ToArray(), "140015" + "026162" + s_onesHex[32..] + "0138")),
        new(nameof(ClientFinished), 0x15, m => ClientFinished.ReadMessage(m).ToArray(), s => new ClientFinished { Mac = ((Sampler)s).Bytes(32) }.ToArray(),
            (() => new ClientFinished { Mac = s_ones }.ToArray(), "150020" + s_onesHex)),
        new(nameof(RekeyInit), 0x30, m => RekeyInit.ReadMessage(m).ToArray(), s => SampleRekey((Sampler)s),
            (() => new RekeyInit { Generation = 1, Kem = 3, Share = [5], HasQkd = true, KeyId = s_ones.AsSpan(16), Qber = 1 }.ToArray(),
                "30001b" + "00000001" + "03" + "000105" + "01" + s_onesHex[32..] + "0001")),
        new(nameof(RekeyReply), 0x31, m => RekeyReply.ReadMessage(m).ToArray(),
            s => new RekeyReply { Generation = ((Sampler)s).U32(), Ciphertext = ((Sampler)s).Bytes(0, 2000) }.ToArray(),
            (() => new RekeyReply { Generation = 0x01020304, Ciphertext = [5] }.ToArray(), "310007" + "01020304" + "000105")),
        new(nameof(KeySwitch), 0x32, m => KeySwitch.ReadMessage(m).ToArray(), s => SampleSwitch((Sampler)s),
            (() => new KeySwitch { Kind = KeySwitchKind.Full, Generation = 3, Step = 4 }.ToArray(), "320009" + "02" + "00000003" + "00000004")),
        new(nameof(Acknowledge), 0x33, m => Acknowledge.ReadMessage(m).ToArray(), s => new Acknowledge { Received = ((Sampler)s).U64() }.ToArray(),
            (() => new Acknowledge { Received = 0x0102030405060708 }.ToArray(), "330008" + "0102030405060708")),
    ];

    private static string HelloHex =>
        "010079" + "51535348" + "020001" + s_onesHex + "03020304" + "0401040101" + "01" + "00021213" + "0042"
        + "020008" + "0000000000000038"
        + "030011" + "02" + s_onesHex[32..]
        + "040020" + s_onesHex;

    private static byte[] LayoutHello() => new ClientHello
    {
        Versions = U16List.Create([1]),
        Random = s_ones,
        Tiers = [2, 3, 4],
        Suites = U16List.Create([0x0104, 0x0101]),
        Kem = 1,
        Share = [0x12, 0x13],
        Options = new ClientHelloOptions { Work = 0x38, Early = EarlyKind.PreSharedKey, EarlyInput = s_ones.AsSpan(16), Binder = s_ones }.ToArray(),
    }.ToArray();

    private static byte[] LayoutParams() => new ServerParams
    {
        Methods = AuthMethods.PublicKey | AuthMethods.Certificate | AuthMethods.Password | AuthMethods.Bound,
        Attempts = 6,
        UserSchemes = [4, 6],
        Banner = "hi"u8,
        HasQkd = true,
        Sae = "abc"u8,
        Qber = 100,
    }.ToArray();

    private static byte[] SampleHello(Sampler s) => new ClientHello
    {
        Versions = s.Falling(1, 8),
        Random = s.Bytes(32),
        Tiers = s.Rising(1, 1, 5),
        Suites = s.U16s(1, 32),
        Kem = s.U8(),
        Share = s.Bytes(0, 1600),
        Options = SampleOptions(s),
    }.ToArray();

    private static byte[] SampleOptions(Sampler s)
    {
        EarlyKind early = s.Pick(EarlyKind.None, EarlyKind.Pin, EarlyKind.PreSharedKey, EarlyKind.Resume, EarlyKind.Attach);
        byte[] input = early switch
        {
            EarlyKind.None => [],
            EarlyKind.Pin => s.Bytes(2, 1601),
            EarlyKind.PreSharedKey => s.Bytes(16),
            _ => s.Bytes(32),
        };
        return new ClientHelloOptions
        {
            Cookie = s.Flag() ? s.Bytes(107) : [],
            Work = s.Flag() ? s.U64() : null,
            Early = early,
            EarlyInput = input,
            Binder = early == EarlyKind.None ? [] : s.Bytes(32),
        }.ToArray();
    }

    private static byte[] SampleRetry(Sampler s) => new HelloRetry { Kem = s.U8(), Work = (byte)s.Between(0, 20), Cookie = s.Bytes(107) }.ToArray();

    private static byte[] SampleServerHello(Sampler s) => new ServerHello
    {
        Random = s.Bytes(32),
        Tier = (byte)s.Between(1, 5),
        Suite = s.U16(),
        Accepted = (EarlyKind)s.Between(0, 4),
        Ciphertext = s.Bytes(0, 1600),
    }.ToArray();

    private static byte[] SampleParams(Sampler s)
    {
        bool qkd = s.Flag();
        return new ServerParams
        {
            Methods = (AuthMethods)s.Between(0, 15),
            Attempts = s.U8(),
            UserSchemes = s.Bytes(0, 255),
            Banner = s.Bytes(0, 2048),
            HasQkd = qkd,
            Sae = qkd ? s.Bytes(0, 255) : [],
            Qber = qkd ? s.U16() : (ushort)0,
        }.ToArray();
    }

    private static byte[] SampleIdentity(Sampler s) =>
        new ServerIdentity { Kind = (IdentityKind)s.Between(1, 2), Scheme = s.U8(), Identity = s.Bytes(0, 4000) }.ToArray();

    private static byte[] SampleQkd(Sampler s) => new QkdKey { Sae = s.Bytes(0, 255), KeyId = s.Bytes(16), Qber = s.U16() }.ToArray();

    private static byte[] SampleRekey(Sampler s)
    {
        bool qkd = s.Flag();
        return new RekeyInit
        {
            Generation = s.U32(),
            Kem = s.U8(),
            Share = s.Bytes(0, 1600),
            HasQkd = qkd,
            KeyId = qkd ? s.Bytes(16) : [],
            Qber = qkd ? s.U16() : (ushort)0,
        }.ToArray();
    }

    private static byte[] SampleSwitch(Sampler s) =>
        new KeySwitch { Kind = (KeySwitchKind)s.Between(1, 2), Generation = s.U32(), Step = s.U32() }.ToArray();
}
