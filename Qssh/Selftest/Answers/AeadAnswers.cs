using Qssh.Crypto.Aead;
using static Qssh.Selftest.Answers.Answer;

namespace Qssh.Selftest.Answers;

/// <summary>
/// Both AEADs on every implementation of this machine: 4133 bytes, so that wide kernels, narrow ones and a part of a block all run; key
/// 00 to 1F, nonce 40 to 4B, associated data 80 to 93. Answers of OpenSSL, as SHA3-256 of ciphertext and tag.
/// </summary>
internal static class AeadAnswers
{
    private const int Size = 4133, TagSize = 16;
    private const string AesGcm = "b4ce947a5ece33aca2cf77d194698d5ab04e5c57053a83a71d8310f4a3fa18af";
    private const string ChaCha = "7c7b01b5de7a5a3151ca08e804c00e198a08702bc32a944959edbec0a04de48b";

    private static readonly byte[] s_nonce = Ascending(0x40, 12);
    private static readonly byte[] s_associatedData = Ascending(0x80, 20);

    public static void AddTo(List<KnownAnswer> all)
    {
        for (AesGcmImplementation kind = AesGcmImplementation.Portable; kind <= AesGcmImplementation.Arm; kind++)
        {
            AesGcmImplementation own = kind;
            if (Aes256Gcm.IsSupported(kind))
                all.Add(new KnownAnswer($"AES-256-GCM, {Name(kind)}", () => RunAesGcm(own)));
        }

        for (ChaChaImplementation kind = ChaChaImplementation.Portable; kind <= ChaChaImplementation.Vector128; kind++)
        {
            ChaChaImplementation own = kind;
            if (ChaCha20Poly1305.IsSupported(kind))
                all.Add(new KnownAnswer($"ChaCha20-Poly1305, {Name(kind)}", () => RunChaCha(own)));
        }
    }

    private static string Name(AesGcmImplementation kind) => kind switch
    {
        AesGcmImplementation.X86 => "AES-NI and PCLMULQDQ",
        AesGcmImplementation.Arm => "Armv8 AES and PMULL",
        _ => "portable",
    };

    private static string Name(ChaChaImplementation kind) => kind switch
    {
        ChaChaImplementation.Vector128 => "128-bit vectors",
        _ => "portable",
    };

    private static bool RunAesGcm(AesGcmImplementation kind)
    {
        using Aes256Gcm cipher = Aes256Gcm.Create(Ascending(0, Aes256Gcm.KeySize), kind);
        byte[] plaintext = Ascending(0, Size), sealedBytes = new byte[Size + TagSize], opened = new byte[Size];
        Span<byte> ciphertext = sealedBytes.AsSpan(0, Size), tag = sealedBytes.AsSpan(Size);
        cipher.Seal(s_nonce, s_associatedData, plaintext, ciphertext, tag);
        bool holds = DigestIs(sealedBytes, AesGcm) && cipher.Open(s_nonce, s_associatedData, ciphertext, tag, opened) && opened.AsSpan().SequenceEqual(plaintext);
        tag[5] ^= 1;
        return holds && !cipher.Open(s_nonce, s_associatedData, ciphertext, tag, opened);
    }

    private static bool RunChaCha(ChaChaImplementation kind)
    {
        using ChaCha20Poly1305 cipher = ChaCha20Poly1305.Create(Ascending(0, ChaCha20Poly1305.KeySize), kind);
        byte[] plaintext = Ascending(0, Size), sealedBytes = new byte[Size + TagSize], opened = new byte[Size];
        Span<byte> ciphertext = sealedBytes.AsSpan(0, Size), tag = sealedBytes.AsSpan(Size);
        cipher.Seal(s_nonce, s_associatedData, plaintext, ciphertext, tag);
        bool holds = DigestIs(sealedBytes, ChaCha) && cipher.Open(s_nonce, s_associatedData, ciphertext, tag, opened) && opened.AsSpan().SequenceEqual(plaintext);
        tag[5] ^= 1;
        return holds && !cipher.Open(s_nonce, s_associatedData, ciphertext, tag, opened);
    }
}
