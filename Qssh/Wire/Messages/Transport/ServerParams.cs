using Qssh.Wire.Messages.Auth;

namespace Qssh.Wire.Messages.Transport;

/// <summary>
/// SA (docs/protocol.md, section 3), from the server: <c>methods u8, attempts u8, user_schemes b8&lt;u8…&gt;, banner b16&lt;≤2048&gt;,
/// qkd u8 [sae b8&lt;&gt;, qber u16 (1/10000)]</c>. That qkd is 1 exactly from tier 4 on is the handshake's to check.
/// </summary>
[WireMessage(0x10)]
internal readonly ref partial struct ServerParams
{
    [Bits(0x0F)]
    public required AuthMethods Methods { get; init; }

    public required byte Attempts { get; init; }

    /// <summary>Signature schemes that the server takes from users, by their SS codes.</summary>
    [Length8]
    public required ReadOnlySpan<byte> UserSchemes { get; init; }

    [Length16(max: 2048)]
    public required ReadOnlySpan<byte> Banner { get; init; }

    public required bool HasQkd { get; init; }

    [Length8, When(nameof(HasQkd))]
    public ReadOnlySpan<byte> Sae { get; init; }

    [When(nameof(HasQkd))]
    public ushort Qber { get; init; }
}
