using Qssh.Crypto.Hashes;
using Qssh.Crypto.Passwords;
using static Qssh.Selftest.Answers.Answer;

namespace Qssh.Selftest.Answers;

/// <summary>
/// Hashes, MACs and key derivations: over the bytes 00 to FF four times, so that several blocks and the rest of one are met (answers of
/// Python's hashlib and hmac), or the example of the standard where one is named.
/// </summary>
internal static class HashAnswers
{
    private static readonly byte[] s_key = Ascending(0, 32);
    private static readonly byte[] s_message = [.. Ascending(0, 256), .. Ascending(0, 256), .. Ascending(0, 256), .. Ascending(0, 256)];

    private delegate void HashFunction(ReadOnlySpan<byte> data, Span<byte> hash);

    public static void AddTo(List<KnownAnswer> all)
    {
        AddHash(all, "SHA-256", Sha256.Hash, "785b0751fc2c53dc14a4ce3d800e69ef9ce1009eb327ccf458afe09c242c26c9");
        AddHash(all, "SHA-384", Sha384.Hash, "55fd17eeb1611f9193f6ac600238ce63aa298c2e332f042b80c8f691f800e4c7505af20c1a86a31f08504587395f081f");
        AddHash(all, "SHA-512", Sha512.Hash, "37f652be867f28ed033269cbba201af2112c2b3fd334a89fd2f757938ddee815787cc61d6e24a8a33340d0f7e86ffc058816b88530766ba6e231620a130b566c");
        AddHash(all, "SHA3-256", Sha3.Hash256, "b6c70631c6ff932b9f380d9cde8750eb9bea393817a9aea410c2119eb7b9b870");
        AddHash(all, "SHA3-512", Sha3.Hash512, "b052fd4a09f988bbe4112d9a3eca8ccc517e56da866c1609504c37871146da80731bb681674a2000a41bcb78230b3d9069eb42820293ce23cba294550a1d4d3b");
        AddHash(all, "SHAKE-128", Shake128.Hash, "7a2fa3e3da9562a19c7d525efcecd31b49e0acb18689552ecf5c51c505fd294f");
        AddHash(all, "SHAKE-256", Shake256.Hash, "60aff3fd4c0f158ba0ed6890336a907451281739d48cc8315211b36660619742");
        AddHash(all, "BLAKE2b", Blake2b.Hash, "6b490f42e902f61b1ee12d3c85e34152e37c94d07ab9ea577cad6a6eb4690fad38064f53a19c225703a5c52cdc9a85add71b339d327e1630ee3432b920240e8a");
        AddMacs(all);
        AddDerivations(all);
    }

    private static void AddMacs(List<KnownAnswer> all)
    {
        // NIST, "KMAC samples", sample 4 (SP 800-185).
        AddHash(all, "KMAC256", Kmac, "20c570c31346f703c9ac36c61c03cb64c3970d0cfc787e9b79599d273a68d2f7f69d4cc3de9d104a351689f27cf6f5951f0103f33f4f24871024d9c27773a8dd");
        AddHash(all, "HMAC-SHA-1 (hidden host names)", (data, mac) => HmacSha1.Hash(s_key, data, mac), "4c28148f8fb161fd1598a2f0dc42dfd6b0355b88");
        AddHash(all, "HMAC-SHA-256", Mac<Sha256>, "b7461b582e6d4e287bcc2f9f853344bc3fcbf7dd4e5c87e4fab2b4fcd50c7c05");
        AddHash(all, "HMAC-SHA-384", Mac<Sha384>, "da403316baa04b4aa271c3f53c2a6a54c37cb18bdbaa9205bdb1bd2ca2d38d92789002ccc36668c06ffc70c0691c8322");
        AddHash(all, "HMAC-SHA-512", Mac<Sha512>, "b218226990b6f05e135fc1ac4f305f142797a8b0c58396559b2a4b030f945e997224d892c78face527b991e160bfabfa032f544d73326fd7234f9d156947628b");
        AddHash(all, "HMAC-SHA3-256", Mac<Sha3Hash256>, "d7a63388179a348771f05c4d83d757e9bbbab302ecd3acbe0635f317465236bd");
    }

    private static void AddDerivations(List<KnownAnswer> all)
    {
        AddHash(all, "HKDF-SHA-256", Derive<Sha256>, "7ddbcd3af6dcce493fbf934ceb1fca93b5020832fd69f122764c2728a1c1268875d6eac337aa949e7f3e0481b0e844a65b20d134b17f8ae320b15e758fc616dd");
        AddHash(all, "HKDF-SHA-384", Derive<Sha384>, "78d57720f0a0e52abc83fc6991bb659dcf60e046e2567f52ced76b542068fa2a806adb32763f375c9a0231e760f060d3740205cde686cdd378891c4baa942f45");
        AddHash(all, "HKDF-SHA-512", Derive<Sha512>, "d29699a079a872f972cf675a13da39782ed2d810e8f0353d52ad0e03bf1f1b06050721dd5bee3ae7305ebdb0eeca005ddf49d67020df83815e08b955728e6d2d");

        // RFC 9106, section 5.3.
        AddHash(all, "Argon2id", (_, tag) => Argon2id.DeriveKey(Filled(1, 32), Filled(2, 16), Filled(3, 8), Filled(4, 12), new Argon2Parameters(32, 3, 4), tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    private static void AddHash(List<KnownAnswer> all, string name, HashFunction function, string expected) => all.Add(new KnownAnswer(name, () =>
    {
        byte[] hash = new byte[expected.Length / 2];
        function(s_message, hash);
        return Is(hash, expected);
    }));

    private static void Kmac(ReadOnlySpan<byte> data, Span<byte> mac) => Kmac256.Compute(Ascending(0x40, 32), data[..4], "My Tagged Application"u8, mac);

    private static void Mac<THash>(ReadOnlySpan<byte> data, Span<byte> mac)
        where THash : struct, IHashFunction<THash> => Hmac<THash>.Compute(s_key, data, mac);

    private static void Derive<THash>(ReadOnlySpan<byte> data, Span<byte> output)
        where THash : struct, IHashFunction<THash> => Hkdf<THash>.Derive(Ascending(0x40, 12), s_key, Ascending(0x80, 20), output);

    private static byte[] Filled(byte value, int count)
    {
        byte[] bytes = new byte[count];
        bytes.AsSpan().Fill(value);
        return bytes;
    }
}
