namespace Qssh.Wire.Messages.Auth;

/// <summary>
/// UA (docs/protocol.md, section 3), from the client: <c>attempt u8 (from 1), user b8&lt;&gt;, service b8&lt;&gt;, method u8,
/// credential b16&lt;&gt;, proof b16&lt;&gt;, first b16&lt;≤4096&gt;</c>.
/// </summary>
[WireMessage(0x20)]
internal readonly ref partial struct UserAuth
{
    /// <summary>Most bytes of the session stream that may travel in <see cref="First"/>.</summary>
    public const int MaxFirst = 4096;

    [Range(1, byte.MaxValue)]
    public required byte Attempt { get; init; }

    [Length8]
    public required ReadOnlySpan<byte> User { get; init; }

    [Length8]
    public required ReadOnlySpan<byte> Service { get; init; }

    /// <summary>Exactly one.</summary>
    public required AuthMethods Method { get; init; }

    /// <summary>Public key: <c>scheme u8, key</c>. Certificate: the certificate. Else empty.</summary>
    [Length16]
    public required ReadOnlySpan<byte> Credential { get; init; }

    /// <summary>Signature or password; empty if bound.</summary>
    [Length16]
    public required ReadOnlySpan<byte> Proof { get; init; }

    /// <summary>Opaque beginning of the session stream; used on success, dropped otherwise.</summary>
    [Length16(max: MaxFirst)]
    public required ReadOnlySpan<byte> First { get; init; }

    partial void Check()
    {
        switch (Method)
        {
            case AuthMethods.PublicKey or AuthMethods.Certificate:
                if (Credential.IsEmpty)
                    WireFault.Rule("UserAuth.Credential: empty with a method that shows one");
                break;
            case AuthMethods.Password:
                if (!Credential.IsEmpty)
                    WireFault.Rule("UserAuth.Credential: not empty with a password");
                break;
            case AuthMethods.Bound:
                if (!Credential.IsEmpty || !Proof.IsEmpty)
                    WireFault.Rule("UserAuth: credential or proof with the bound method");
                break;
            default:
                WireFault.Value("UserAuth.Method");
                break;
        }
    }
}
