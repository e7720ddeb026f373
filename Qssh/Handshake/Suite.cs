using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;

namespace Qssh.Handshake;

/// <summary>
/// One choice of everything (docs/protocol.md, section 1): KEM and host signature; AES-256-GCM, KMAC256 and SHAKE256 are common to all.
/// On the wire u16 = KK ‖ SS.
/// </summary>
internal readonly record struct Suite(KemId Kem, SignatureScheme Host)
{
    private const string Cipher = "-aes256gcm";

    private const byte FirstDualScheme = 0x21;

    private static readonly (KemId Id, string Name)[] s_kems = [(KemId.ChKem1024, "chkem1024"), (KemId.ChKem768, "chkem768"), (KemId.XWing, "xwing")];

    public ushort Code => (ushort)((byte)Kem << 8 | (byte)Host);

    /// <summary>SS = 00: the host is proved by an early secret, not by a signature.</summary>
    public bool IsEarlyOnly => Host == SignatureScheme.None;

    /// <summary>Both a lattice and a hash-based signature.</summary>
    public bool IsDual => (byte)Host >= FirstDualScheme;

    /// <summary>Whether this build computes both parts.</summary>
    public bool IsBuilt => HybridKem.Find((byte)Kem) is not null && SignatureAlgorithm.Find(Host) is not null;

    public static string KemName(KemId kem)
    {
        foreach ((KemId id, string name) in s_kems)
        {
            if (id == kem)
                return name;
        }

        return $"kem-{(byte)kem:x2}";
    }

    /// <summary>Any code is a value; whether it is known is <see cref="IsBuilt"/>'s matter.</summary>
    public static Suite Decode(ushort code) => new((KemId)(code >> 8), (SignatureScheme)(code & 0xFF));

    /// <summary>Takes a name such as "chkem1024-mldsa65-aes256gcm", built or not.</summary>
    public static bool TryParse(string text, out Suite suite)
    {
        foreach ((KemId kem, string name) in s_kems)
        {
            if (!text.StartsWith(name + "-", StringComparison.Ordinal) || !text.EndsWith(Cipher, StringComparison.Ordinal))
                continue;

            int start = name.Length + 1;
            int length = text.Length - Cipher.Length - start;
            SignatureEntry? host = length > 0 ? SignatureRegistry.FindByName(text.Substring(start, length)) : null;
            suite = host is null ? default : new Suite(kem, host.Scheme);
            return host is not null;
        }

        suite = default;
        return false;
    }

    public override string ToString() => $"{KemName(Kem)}-{SignatureRegistry.Find(Host)?.Name ?? (IsEarlyOnly ? "early" : $"{(byte)Host:x2}")}{Cipher}";
}
