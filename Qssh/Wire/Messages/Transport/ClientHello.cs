using Qssh.Errors;

namespace Qssh.Wire.Messages.Transport;

/// <summary>
/// CH (docs/protocol.md, section 3), from the client: <c>"QSSH", versions b8&lt;u16…&gt; (1–8, falling), random 32,
/// tiers b8&lt;u8…&gt; (1–5, rising, 1..5), suites b8&lt;u16…&gt; (1–32), kem u8, share b16&lt;&gt;, options b16&lt;&gt;</c>.
/// </summary>
[WireMessage(0x01)]
internal readonly ref partial struct ClientHello
{
    /// <summary>The protocol version that this program speaks.</summary>
    public const ushort OwnVersion = 1;

    [Expect("QSSH")]
    public partial ReadOnlySpan<byte> Protocol { get; }

    [List8(1, 8), Falling]
    public required U16List Versions { get; init; }

    [Fixed(32)]
    public required ReadOnlySpan<byte> Random { get; init; }

    [List8(1, 5), Rising, Range(0, 5)]
    public required ReadOnlySpan<byte> Tiers { get; init; }

    [List8(1, 32)]
    public required U16List Suites { get; init; }

    public required byte Kem { get; init; }

    [Length16]
    public required ReadOnlySpan<byte> Share { get; init; }

    /// <summary>A <see cref="ClientHelloOptions"/> in its own encoding.</summary>
    [Length16]
    public required ReadOnlySpan<byte> Options { get; init; }

    public ClientHelloOptions ReadOptions() => ClientHelloOptions.Read(Options, allowUnknown: Versions[0] > OwnVersion);

    partial void Check()
    {
        // Section 11: T0 is known, never spoken, and answered with its own alert. The list rises, so it can only come first.
        if (Tiers[0] == 0)
            ProtocolException.Throw(AlertCode.ClassicalTier, "ClientHello.Tiers: T0 offered");

        ReadOptions();
    }
}
