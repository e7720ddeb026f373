namespace Qssh.Crypto.Aead;

/// <summary>The ciphers of records, with their codes in a suite (docs/protocol.md, section 1: high half of KK).</summary>
internal enum AeadId : byte
{
    Aes256Gcm = 0,
    ChaCha20Poly1305 = 1,
}
