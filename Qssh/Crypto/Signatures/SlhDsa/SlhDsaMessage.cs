namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// M' in two pieces, so that a message of any length is hashed where it lies: a prefix, which the external interfaces put before it
/// (algorithms 22 to 25 of FIPS 205), and the rest.
/// </summary>
internal readonly ref struct SlhDsaMessage
{
    /// <summary>Domain separator, length of the context, context; for the pre-hash form also OID and digest.</summary>
    public const int LargestPrefix = HeaderSize + SlhDsaParameters.MaximumContextSize + SlhDsaPreHash.LargestSize;

    private const int HeaderSize = 2;

    private SlhDsaMessage(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> rest)
    {
        Prefix = prefix;
        Rest = rest;
    }

    public ReadOnlySpan<byte> Prefix { get; }

    public ReadOnlySpan<byte> Rest { get; }

    /// <summary>The internal interface: the message as it is.</summary>
    public static SlhDsaMessage Internal(ReadOnlySpan<byte> message) => new(default, message);

    /// <summary>0 || |ctx| || ctx || M, or with a hash function 1 || |ctx| || ctx || OID || PH(M).</summary>
    /// <param name="context">At most 255 bytes.</param>
    /// <param name="buffer">At least <see cref="LargestPrefix"/> bytes; holds the prefix from now on.</param>
    public static SlhDsaMessage Create(ReadOnlySpan<byte> context, ReadOnlySpan<byte> message, SlhDsaPreHash? preHash, Span<byte> buffer)
    {
        int header = WriteHeader(preHash is null ? (byte)0 : (byte)1, context, buffer);
        return preHash is null
            ? new SlhDsaMessage(buffer[..header], message)
            : new SlhDsaMessage(buffer[..(header + preHash.Write(message, buffer[header..]))], default);
    }

    private static int WriteHeader(byte domain, ReadOnlySpan<byte> context, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(context.Length, SlhDsaParameters.MaximumContextSize, nameof(context));
        buffer[0] = domain;
        buffer[1] = (byte)context.Length;
        context.CopyTo(buffer[HeaderSize..]);
        return HeaderSize + context.Length;
    }
}
