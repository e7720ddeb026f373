using Qssh.Errors;
using Qssh.Wire.Messages.Auth;
using Qssh.Wire.Messages.Connection;
using Qssh.Wire.Messages.Transport;
using Xunit;

namespace Qssh.Tests.Wire;

/// <summary>Every limit of every message at its edges: the last value inside is read, the first outside refused.</summary>
public sealed class MessageLimitTests
{
    private static readonly byte[] s_id = [0, 0, 0, 2];
    private static readonly byte[] s_32 = new byte[32];

    private static readonly LimitCase[] s_cases =
    [
        new(nameof(ClientHello), "versions", [1, 2, 8], [0, 9], n => Hello(versions: Falling(n))),
        new(nameof(ClientHello), "tiers", [1, 5], [0, 6], n => Hello(tiers: Rising(n, from: 1))),
        new(nameof(ClientHello), "suites", [1, 32], [0, 33], n => Hello(suites: Prefix8(new byte[2 * n]))),
        new(nameof(ClientHello), "share", [0, 1, 30_000], [], n => Hello(share: Prefix16(n))),
        new(nameof(ClientHello), "cookie", [107], [0, 1, 106, 108], n => Hello(options: Option(1, new byte[n]))),
        new(nameof(ClientHello), "work", [8], [0, 1, 7, 9], n => Hello(options: Option(2, new byte[n]))),
        new(nameof(ClientHello), "pin", [3, 1602], [0, 1, 2], n => Hello(options: Early(1, n))),
        new(nameof(ClientHello), "psk", [17], [0, 1, 16, 18], n => Hello(options: Early(2, n))),
        new(nameof(ClientHello), "resume", [33], [0, 1, 32, 34], n => Hello(options: Early(3, n))),
        new(nameof(ClientHello), "attach", [33], [0, 1, 32, 34], n => Hello(options: Early(4, n))),
        new(nameof(ClientHello), "early kind", [], [0, 5, 255], n => Hello(options: [.. Option(3, [(byte)n, .. s_32]), .. Option(4, s_32)])),
        new(nameof(ClientHello), "binder", [32], [0, 1, 31, 33], n => Hello(options: [.. Option(3, [3, .. s_32]), .. Option(4, new byte[n])])),
        new(nameof(HelloRetry), "work", [0, 1, 20], [21, 255], n => [1, (byte)n, .. Prefix8(new byte[107])]),
        new(nameof(HelloRetry), "cookie", [107], [0, 1, 106, 108], n => [1, 0, .. Prefix8(new byte[n])]),
        new(nameof(ServerHello), "version", [1], [0, 2, 256], n => [.. U16(n), .. s_32, 2, 1, 4, 0, .. Prefix16(0)]),
        new(nameof(ServerHello), "tier", [1, 5], [0, 6], n => [0, 1, .. s_32, (byte)n, 1, 4, 0, .. Prefix16(0)]),
        new(nameof(ServerHello), "accepted", [0, 1, 4], [5, 255], n => [0, 1, .. s_32, 2, 1, 4, (byte)n, .. Prefix16(0)]),
        new(nameof(ServerParams), "methods", [0, 1, 15], [16, 128], n => [(byte)n, 6, 0, .. Prefix16(0), 0]),
        new(nameof(ServerParams), "user schemes", [0, 1, 255], [], n => [1, 6, .. Prefix8(new byte[n]), .. Prefix16(0), 0]),
        new(nameof(ServerParams), "banner", [0, 1, 2048], [2049], n => [1, 6, 0, .. Prefix16(n), 0]),
        new(nameof(ServerParams), "qkd", [0], [1, 2, 255], n => [1, 6, 0, .. Prefix16(0), (byte)n]),
        new(nameof(ServerIdentity), "kind", [1, 2], [0, 3], n => [(byte)n, 4, .. Prefix16(1)]),
        new(nameof(ServerIdentity), "identity", [0, 1, 47_872], [], n => [1, 4, .. Prefix16(n)]),
        new(nameof(ServerProof), "signature", [0, 1, 29_792, 65_533], [], Prefix16),
        new(nameof(ServerFinished), "mac", [32], [0, 1, 31, 33], n => new byte[n]),
        new(nameof(ClientFinished), "mac", [32], [0, 1, 31, 33], n => new byte[n]),
        new(nameof(QkdKey), "sae", [0, 1, 255], [], n => [.. Prefix8(new byte[n]), .. new byte[18]]),
        new(nameof(RekeyInit), "qkd", [0], [1, 2, 255], n => [.. s_id, 1, .. Prefix16(4), (byte)n]),
        new(nameof(KeySwitch), "kind", [1, 2], [0, 3], n => [(byte)n, .. s_id, .. s_id]),
        new(nameof(UserAuth), "attempt", [1, 255], [0], n => Auth(attempt: (byte)n)),
        new(nameof(UserAuth), "method", [1, 2], [0, 3, 5, 9, 16], n => Auth(method: (byte)n)),
        new(nameof(UserAuth), "user", [0, 1, 255], [], n => Auth(user: Prefix8(new byte[n]))),
        new(nameof(UserAuth), "first", [0, 1, 4096], [4097], n => Auth(first: Prefix16(n))),
        new(nameof(UserAuth), "credential with a key", [1, 30_000], [0], n => Auth(method: 1, credential: Prefix16(n))),
        new(nameof(UserAuth), "credential with a certificate", [1, 30_000], [0], n => Auth(method: 2, credential: Prefix16(n))),
        new(nameof(UserAuth), "credential with a password", [0], [1], n => Auth(method: 4, credential: Prefix16(n))),
        new(nameof(UserAuth), "credential when bound", [0], [1], n => Auth(method: 8, credential: Prefix16(n), proof: Prefix16(0))),
        new(nameof(UserAuth), "proof when bound", [0], [1], n => Auth(method: 8, credential: Prefix16(0), proof: Prefix16(n))),
        new(nameof(AuthResult), "status", [0, 1, 2], [3, 255], n => [(byte)n, 0, 0, .. new byte[8], 0]),
        new(nameof(AuthResult), "methods", [0, 15], [16], n => [1, (byte)n, 0, .. new byte[8], 0]),
        new(nameof(AuthResult), "tickets", [0, 1, 4], [5, 255], n => [0, 0, 0, .. new byte[8], (byte)n, .. new byte[36 * n]]),
        new(nameof(AuthResult), "tickets of a failure", [0], [1], n => [1, 0, 0, .. new byte[8], (byte)n, .. new byte[36 * n]]),
        new(nameof(ChannelOpen), "kind", [0, 1, 8, 255], [], n => [.. s_id, (byte)n, .. s_id, .. Prefix16(0)]),
        new(nameof(ChannelRefuse), "reason", [1, 4], [0, 5], n => [.. s_id, (byte)n]),
        new(nameof(ChannelData), "data", [0, 1, 32_768], [32_769], n => [.. s_id, .. new byte[n]]),
        new(nameof(ChannelExtendedData), "data", [0, 1, 32_768], [32_769], n => [.. s_id, 1, .. new byte[n]]),
        new(nameof(ChannelExtendedData), "stream", [1], [0, 2], n => [.. s_id, (byte)n]),
        new(nameof(CompressionOffer), "methods", [1, 8], [0, 9], n => [.. s_id, .. Prefix8(new byte[n])]),
        new(nameof(ChannelCompressed), "stream", [0, 1], [2, 255], n => [.. s_id, (byte)n, 1]),
        new(nameof(ChannelCompressed), "block", [1, 40_960], [0, 40_961], n => [.. s_id, 0, .. new byte[n]]),
        new(nameof(RequestReply), "ok", [0, 1], [2, 255], n => [.. s_id, 0x50, (byte)n]),
        new(nameof(ShellRequest), "reply", [0, 1], [2, 255], n => [.. s_id, (byte)n]),
        new(nameof(ExecRequest), "total", [0, 1, 131_072], [131_073], n => [.. s_id, 0, 0, .. U24(n)]),
        new(nameof(ExecRequest), "first", [0, 1, 60_000], [60_001], n => [.. s_id, 0, 0, .. U24(131_072), .. new byte[n]]),
        new(nameof(ExecRequest), "first against total", [0, 9, 10], [11], n => [.. s_id, 0, 0, .. U24(10), .. new byte[n]]),
        new(nameof(CommandPart), "part", [1, 60_000], [0, 60_001], n => [.. s_id, .. new byte[n]]),
        new(nameof(SubsystemRequest), "name", [0, 1, 255], [], n => [.. s_id, 0, .. Prefix8(new byte[n])]),
        new(nameof(EnvRequest), "value", [0, 1, 65_000], [], n => [.. s_id, 0, .. Prefix16(n)]),
        new(nameof(ExitSignal), "core", [0, 1], [2, 255], n => [.. s_id, 0, (byte)n]),
        new(nameof(PtyRequest), "modes", [0, 1, 6, 796], [2, 5, 7, 10, 801], n => [.. s_id, 0, 0, .. new byte[16], .. Modes(n)]),
        new(nameof(PtyRequest), "opcode", [1, 159], [0, 160, 255], n => [.. s_id, 0, 0, .. new byte[16], 0, 6, (byte)n, 0, 0, 0, 1, 0]),
        new(nameof(PtyRequest), "end of modes", [0], [1, 255], n => [.. s_id, 0, 0, .. new byte[16], 0, 6, 1, 0, 0, 0, 1, (byte)n]),
    ];

    public static TheoryData<string> Cases => [.. s_cases.Select(c => c.ToString())];

    [Theory, MemberData(nameof(Cases))]
    public void Edges_are_where_the_layout_says(string name)
    {
        LimitCase limit = s_cases.Single(c => c.ToString() == name);
        MessageKind kind = MessageContractTests.Kinds.Single(k => k.Name == limit.Message);
        foreach (int value in limit.Allowed)
        {
            byte[] message = MessageKind.Wrap(kind.Type, limit.Body(value));
            Assert.Equal(message, kind.Reserialize(message));
        }

        foreach (int value in limit.Refused)
        {
            byte[] message = MessageKind.Wrap(kind.Type, limit.Body(value));
            ProtocolException refused = Assert.Throws<ProtocolException>(() => kind.Reserialize(message));
            Assert.Equal(AlertCode.ProtocolError, refused.Code);
            Assert.StartsWith(limit.Message, refused.Message, StringComparison.Ordinal);
        }
    }

    internal static byte[] Hello(byte[]? versions = null, byte[]? tiers = null, byte[]? suites = null, byte[]? share = null, byte[]? options = null) =>
    [
        .. "QSSH"u8, .. versions ?? [2, 0, 1], .. s_32, .. tiers ?? [1, 2], .. suites ?? [2, 1, 4], 1,
        .. share ?? Prefix16(0), .. U16(options?.Length ?? 0), .. options ?? [],
    ];

    internal static byte[] Option(byte type, byte[] value) => [type, .. U16(value.Length), .. value];

    internal static byte[] Prefix8(byte[] bytes) => [(byte)bytes.Length, .. bytes];

    private static byte[] Early(byte kind, int length) =>
        [.. Option(3, length == 0 ? [] : [kind, .. new byte[length - 1]]), .. Option(4, s_32)];

    private static byte[] Auth(byte attempt = 1, byte method = 1, byte[]? user = null, byte[]? credential = null, byte[]? proof = null, byte[]? first = null) =>
        [attempt, .. user ?? [0], 0, method, .. credential ?? Prefix16(5), .. proof ?? Prefix16(5), .. first ?? Prefix16(0)];

    private static byte[] Modes(int length)
    {
        var modes = new byte[length];
        for (int i = 0; i + 1 < length; i += 5)
            modes[i] = 1;

        return [.. U16(length), .. modes];
    }

    private static byte[] Falling(int count) => Prefix8([.. Enumerable.Range(0, count).SelectMany(i => U16(count - i))]);

    private static byte[] Rising(int count, int from) => Prefix8([.. Enumerable.Range(from, count).Select(i => (byte)i)]);

    private static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] U24(int value) => [(byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Prefix16(int length) => [.. U16(length), .. new byte[length]];

    private sealed record LimitCase(string Message, string Field, int[] Allowed, int[] Refused, Func<int, byte[]> Body)
    {
        public override string ToString() => $"{Message}, {Field}";
    }
}
