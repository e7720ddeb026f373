using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Wire;
using Qssh.Wire.Messages.Auth;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Handshake;

/// <summary>SA: what the server tells about logging in, sealed, and its half of the QKD figures. Both sides use it.</summary>
internal sealed record ServerParameters
{
    public required AuthMethods Methods { get; init; }

    public required byte Attempts { get; init; }

    /// <summary>Signature schemes taken from users, by preference.</summary>
    public required IReadOnlyList<SignatureScheme> UserSchemes { get; init; }

    /// <summary>Raw bytes of the server: escape before showing.</summary>
    public ReadOnlyMemory<byte> Banner { get; init; }

    /// <summary>There exactly from T4 on.</summary>
    public QkdOffer? Qkd { get; init; }

    public bool Takes(SignatureScheme scheme)
    {
        for (int i = 0; i < UserSchemes.Count; i++)
        {
            if (UserSchemes[i] == scheme)
                return true;
        }

        return false;
    }

    /// <summary>SA1.</summary>
    public int Write(Span<byte> output)
    {
        Span<byte> schemes = stackalloc byte[UserSchemes.Count];
        for (int i = 0; i < schemes.Length; i++)
            schemes[i] = (byte)UserSchemes[i];

        scoped WireWriter writer = new(output);
        new ServerParams
        {
            Methods = Methods,
            Attempts = Attempts,
            UserSchemes = schemes,
            Banner = Banner.Span,
            HasQkd = Qkd is not null,
            Sae = Qkd is null ? default : Qkd.Sae.Span,
            Qber = Qkd?.Qber ?? 0,
        }.Write(ref writer);
        return writer.Position;
    }

    /// <summary>SA2. The QKD figures are judged against the tier that was chosen.</summary>
    public static ServerParameters Read(ReadOnlySpan<byte> message, Tier tier)
    {
        ServerParams fields = ServerParams.ReadMessage(message);
        if (fields.HasQkd != Tiers.NeedsQkd(tier))
            ProtocolException.Throw("ServerParams: QKD figures do not fit the tier");
        if (fields.HasQkd)
            QkdOffer.CheckQber(fields.Qber, tier);

        SignatureScheme[] schemes = new SignatureScheme[fields.UserSchemes.Length];
        for (int i = 0; i < schemes.Length; i++)
            schemes[i] = (SignatureScheme)fields.UserSchemes[i];

        return new ServerParameters
        {
            Methods = fields.Methods,
            Attempts = fields.Attempts,
            UserSchemes = schemes,
            Banner = fields.Banner.ToArray(),
            Qkd = fields.HasQkd ? new QkdOffer(fields.Sae.ToArray(), fields.Qber) : null,
        };
    }
}
