using Qssh.Crypto.Aead;
using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;

namespace Qssh.Handshake;

/// <summary>
/// One choice of everything (docs/protocol.md, section 1): KEM, host signature and cipher of the records; KMAC256 and SHAKE256 are
/// common to all. On the wire u16 = KK ‖ SS; the cipher is the high half of KK.
/// </summary>
internal readonly record struct Suite(KemId Kem, SignatureScheme Host, AeadId Cipher = AeadId.Aes256Gcm)
{
    private const byte FirstDualScheme = 0x21;

    private static readonly (KemId Id, string Name)[] s_kems = [(KemId.ChKem1024, "chkem1024"), (KemId.ChKem768, "chkem768"), (KemId.XWing, "xwing")];

    private static readonly (AeadId Id, string Name)[] s_ciphers = [(AeadId.Aes256Gcm, "aes256gcm"), (AeadId.ChaCha20Poly1305, "chacha20poly1305")];

    public ushort Code => (ushort)((byte)Cipher << 12 | (byte)Kem << 8 | (byte)Host);

    /// <summary>SS = 00: the host is proved by an early secret, not by a signature.</summary>
    public bool IsEarlyOnly => Host == SignatureScheme.None;

    /// <summary>Both a lattice and a hash-based signature.</summary>
    public bool IsDual => (byte)Host >= FirstDualScheme;

    /// <summary>Whether this build computes both parts.</summary>
    public bool IsBuilt => HybridKem.Find((byte)Kem) is not null && SignatureAlgorithm.Find(Host) is not null && CipherName(Cipher) is not null;

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
    public static Suite Decode(ushort code) => new((KemId)((code >> 8) & 0xF), (SignatureScheme)(code & 0xFF), (AeadId)(code >> 12));

    /// <summary>Takes a name such as "chkem1024-mldsa65-aes256gcm", built or not.</summary>
    public static bool TryParse(string text, out Suite suite)
    {
        suite = default;
        int start = text.IndexOf('-'), end = text.LastIndexOf('-');
        if (start <= 0 || end <= start + 1)
            return false;

        SignatureEntry? host = SignatureRegistry.FindByName(text[(start + 1)..end]);
        foreach ((KemId kem, string kemName) in s_kems)
        {
            foreach ((AeadId cipher, string cipherName) in s_ciphers)
            {
                if (host is not null && text.AsSpan(0, start).SequenceEqual(kemName) && text.AsSpan(end + 1).SequenceEqual(cipherName))
                    suite = new Suite(kem, host.Scheme, cipher);
            }
        }

        return suite != default;
    }

    public override string ToString() =>
        $"{KemName(Kem)}-{SignatureRegistry.Find(Host)?.Name ?? (IsEarlyOnly ? "early" : $"{(byte)Host:x2}")}-{CipherName(Cipher) ?? $"{(byte)Cipher:x}"}";

    /// <param name="names">As suites call them.</param>
    public static List<AeadId> Ciphers(IReadOnlyList<string> names)
    {
        List<AeadId> ciphers = [];
        foreach (string name in names)
        {
            foreach ((AeadId id, string known) in s_ciphers)
            {
                if (name == known)
                    ciphers.Add(id);
            }
        }

        return ciphers;
    }

    private static string? CipherName(AeadId cipher)
    {
        foreach ((AeadId id, string name) in s_ciphers)
        {
            if (id == cipher)
                return name;
        }

        return null;
    }
}
