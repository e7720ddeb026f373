using Qssh.Wire;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Tests.Wire;

/// <summary>The messages of authentication and attaching (docs/protocol.md, section 3).</summary>
internal static class AuthMessages
{
    private static readonly byte[] s_ones = [.. Enumerable.Repeat((byte)0x11, 32)];
    private static readonly string s_onesHex = new('1', 64);

    public static IEnumerable<MessageKind> All =>
    [
        new(nameof(UserAuth), 0x20, m => UserAuth.ReadMessage(m).ToArray(), s => SampleAuth((Sampler)s), (LayoutAuth,
            "200016" + "02" + "026d65" + "03737368" + "01" + "00020401" + "0003070809" + "0002aabb")),
        new(nameof(AuthResult), 0x21, m => AuthResult.ReadMessage(m).ToArray(), s => SampleResult((Sampler)s), (LayoutResult,
            "210030" + "00" + "00" + "00" + "00015180" + "00100000" + "01" + s_onesHex + "00007080")),
        new(nameof(Attach), 0x22, m => Attach.ReadMessage(m).ToArray(), s => new Attach { Received = ((Sampler)s).U64() }.ToArray(),
            (() => new Attach { Received = 0x0102030405060708 }.ToArray(), "220008" + "0102030405060708")),
        new(nameof(AttachResult), 0x23, m => AttachResult.ReadMessage(m).ToArray(), s => new AttachResult { Received = ((Sampler)s).U64() }.ToArray(),
            (() => new AttachResult { Received = 0x0102030405060708 }.ToArray(), "230008" + "0102030405060708")),
    ];

    internal static byte[] WriteTickets(int count, Func<int, byte[]> handle, Func<int, uint> lifetime)
    {
        var bytes = new byte[count * Ticket.RecordSize];
        var writer = new WireWriter(bytes);
        for (int i = 0; i < count; i++)
            new Ticket { Handle = handle(i), Lifetime = lifetime(i) }.Write(ref writer);

        return bytes;
    }

    private static byte[] LayoutAuth() => new UserAuth
    {
        Attempt = 2,
        User = "me"u8,
        Service = "ssh"u8,
        Method = AuthMethods.PublicKey,
        Credential = [4, 1],
        Proof = [7, 8, 9],
        First = [0xAA, 0xBB],
    }.ToArray();

    private static byte[] LayoutResult() => new AuthResult
    {
        Status = AuthStatus.Success,
        Methods = AuthMethods.None,
        Left = 0,
        DetachSeconds = 86_400,
        ReplayBytes = 1 << 20,
        Tickets = new RecordList<Ticket>(WriteTickets(1, _ => s_ones, _ => 28_800)),
    }.ToArray();

    private static byte[] SampleAuth(Sampler s)
    {
        AuthMethods method = s.Pick(AuthMethods.PublicKey, AuthMethods.Certificate, AuthMethods.Password, AuthMethods.Bound);
        bool shown = method is AuthMethods.PublicKey or AuthMethods.Certificate;
        return new UserAuth
        {
            Attempt = (byte)s.Between(1, 255),
            User = s.Bytes(0, 255),
            Service = s.Bytes(0, 255),
            Method = method,
            Credential = shown ? s.Bytes(1, 3000) : [],
            Proof = method == AuthMethods.Bound ? [] : s.Bytes(0, 5000),
            First = s.Bytes(0, 4096),
        }.ToArray();
    }

    private static byte[] SampleResult(Sampler s)
    {
        var status = (AuthStatus)s.Between(0, 2);
        int tickets = status == AuthStatus.Success ? s.Between(0, 4) : 0;
        return new AuthResult
        {
            Status = status,
            Methods = (AuthMethods)s.Between(0, 15),
            Left = s.U8(),
            DetachSeconds = s.U32(),
            ReplayBytes = s.U32(),
            Tickets = new RecordList<Ticket>(WriteTickets(tickets, _ => s.Bytes(32), _ => s.U32())),
        }.ToArray();
    }
}
