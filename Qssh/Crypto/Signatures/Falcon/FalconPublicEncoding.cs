namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>Section 3.11.4: a header byte, then the coefficients of h, 14 bits each, most significant bit first.</summary>
internal static class FalconPublicEncoding
{
    public static void Encode(FalconParameters parameters, ReadOnlySpan<uint> h, Span<byte> publicKey)
    {
        publicKey[0] = parameters.PublicKeyHeader;
        uint pending = 0;
        int bits = 0;
        int written = FalconParameters.HeaderSize;
        foreach (uint coefficient in h)
        {
            pending = (pending << FalconParameters.PublicBits) | coefficient;
            bits += FalconParameters.PublicBits;
            for (; bits >= 8; bits -= 8)
                publicKey[written++] = (byte)(pending >> (bits - 8));
        }
    }

    /// <summary>False for a wrong length or header, or a coefficient that is not below q. (n · 14 bits are whole bytes.)</summary>
    public static bool TryDecode(FalconParameters parameters, ReadOnlySpan<byte> publicKey, Span<uint> h)
    {
        if (publicKey.Length != parameters.PublicKeySize || publicKey[0] != parameters.PublicKeyHeader)
            return false;

        uint pending = 0;
        int bits = 0;
        int count = 0;
        foreach (byte next in publicKey[FalconParameters.HeaderSize..])
        {
            pending = (pending << 8) | next;
            bits += 8;
            if (bits < FalconParameters.PublicBits)
                continue;

            bits -= FalconParameters.PublicBits;
            uint coefficient = (pending >> bits) & ((1u << FalconParameters.PublicBits) - 1);
            if (coefficient >= FalconField.Q)
                return false;
            h[count++] = coefficient;
        }

        return true;
    }
}
