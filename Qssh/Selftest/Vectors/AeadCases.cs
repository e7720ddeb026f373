using System.Buffers.Binary;
using Qssh.Crypto.Aead;

namespace Qssh.Selftest.Vectors;

/// <summary>AES-256-GCM and ChaCha20-Poly1305, on every implementation that this machine can run.</summary>
internal static class AeadCases
{
    private const int TagSize = 16;

    private delegate bool Opener(byte[] nonce, byte[] associatedData, byte[] ciphertext, byte[] tag, byte[] plaintext);

    private delegate void Sealer(byte[] nonce, byte[] associatedData, byte[] plaintext, byte[] ciphertext, byte[] tag);

    public static CaseVerdict AesGcm(VectorCase test)
    {
        Input input = Input.Of(test);
        if (input.Key.Length != Aes256Gcm.KeySize || input.Nonce.Length != Aes256Gcm.NonceSize || input.Tag.Length != TagSize)
            return CaseVerdict.Skipped("only keys of 256 bits and nonces of 96 are built");
        return RunAesGcm(input);
    }

    public static CaseVerdict ChaCha(VectorCase test)
    {
        Input input = Input.Of(test);
        if (input.Key.Length != ChaCha20Poly1305.KeySize || input.Nonce.Length != ChaCha20Poly1305.NonceSize || input.Tag.Length != TagSize)
            return CaseVerdict.Of(!input.IsValid, "this length of key, nonce or tag is not built");
        return RunChaCha(input);
    }

    /// <summary>The records of CH-KEM's published files: nonce = prefix, counter; the counter is also the associated data.</summary>
    public static CaseVerdict Record(VectorCase test)
    {
        byte[] nonce = new byte[12], counter = new byte[8], ciphertext = test.RequiredHex("ciphertext");
        test.RequiredHex("nonce_prefix", 4).CopyTo(nonce, 0);
        if (!test.Test.TryGet("seq"u8, out Json.JsonNode number) || !number.TryLong(out long sequence) || ciphertext.Length < TagSize)
            throw new VectorShapeException("\"seq\" or \"ciphertext\" does not fit a record");
        BinaryPrimitives.WriteInt64BigEndian(counter, sequence);
        counter.CopyTo(nonce, 4);
        Input input = new(test.RequiredHex("traffic_key", 32), nonce, counter, test.Hex("plaintext"), ciphertext[..^TagSize], ciphertext[^TagSize..], true);
        return test.Integer("cipher_suite", 255) switch
        {
            1 => RunAesGcm(input),
            2 => RunChaCha(input),
            _ => CaseVerdict.Skipped("another cipher suite"),
        };
    }

    private static CaseVerdict RunAesGcm(Input input)
    {
        CaseVerdict verdict = CaseVerdict.Passed;
        for (AesGcmImplementation kind = AesGcmImplementation.Portable; kind <= AesGcmImplementation.Arm; kind++)
        {
            if (!Aes256Gcm.IsSupported(kind))
                continue;
            using Aes256Gcm cipher = Aes256Gcm.Create(input.Key, kind);
            verdict = verdict.And(Check(input, Name((int)kind), (n, a, c, t, p) => cipher.Open(n, a, c, t, p), (n, a, p, c, t) => cipher.Seal(n, a, p, c, t)));
        }

        return verdict;
    }

    private static CaseVerdict RunChaCha(Input input)
    {
        CaseVerdict verdict = CaseVerdict.Passed;
        for (ChaChaImplementation kind = ChaChaImplementation.Portable; kind <= ChaChaImplementation.Vector128; kind++)
        {
            if (!ChaCha20Poly1305.IsSupported(kind))
                continue;
            using ChaCha20Poly1305 cipher = ChaCha20Poly1305.Create(input.Key, kind);
            verdict = verdict.And(Check(input, Name((int)kind), (n, a, c, t, p) => cipher.Open(n, a, c, t, p), (n, a, p, c, t) => cipher.Seal(n, a, p, c, t)));
        }

        return verdict;
    }

    /// <summary>The names of enumerations at run time would cost more than they are worth.</summary>
    private static string Name(int kind) => kind == 0 ? "portable" : "accelerated";

    private static CaseVerdict Check(Input input, string implementation, Opener open, Sealer seal)
    {
        byte[] opened = new byte[input.Ciphertext.Length];
        opened.AsSpan().Fill(0xEE);
        bool accepted = open(input.Nonce, input.AssociatedData, input.Ciphertext, input.Tag, opened);
        if (accepted != input.IsValid)
            return CaseVerdict.Failed($"{(accepted ? "accepted, must be refused" : "did not open")} ({implementation})");
        if (!accepted)
            return CaseVerdict.Of(!opened.AsSpan().ContainsAnyExcept((byte)0), $"refused, but the output is not wiped ({implementation})");

        byte[] ciphertext = new byte[input.Plaintext.Length], tag = new byte[TagSize];
        seal(input.Nonce, input.AssociatedData, input.Plaintext, ciphertext, tag);
        bool same = opened.AsSpan().SequenceEqual(input.Plaintext) && ciphertext.AsSpan().SequenceEqual(input.Ciphertext) && tag.AsSpan().SequenceEqual(input.Tag);
        return CaseVerdict.Of(same, $"another plaintext, ciphertext or tag ({implementation})");
    }

    private sealed class Input(byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext, byte[] ciphertext, byte[] tag, bool isValid)
    {
        public byte[] Key => key;

        public byte[] Nonce => nonce;

        public byte[] AssociatedData => associatedData;

        public byte[] Plaintext => plaintext;

        public byte[] Ciphertext => ciphertext;

        public byte[] Tag => tag;

        public bool IsValid => isValid;

        public static Input Of(VectorCase test) =>
            new(test.RequiredHex("key"), test.RequiredHex("iv"), test.Hex("aad"), test.Hex("msg"), test.Hex("ct"), test.RequiredHex("tag"), test.MustHold());
    }
}
