using Qssh.Crypto.Aead;
using Qssh.Crypto.Passwords;
using Qssh.Crypto.Rng;
using Qssh.Errors;
using Qssh.Secrets;
using Qssh.Wire;

namespace Qssh.Identity;

/// <summary>
/// How a passphrase protects the section of a private key file: Argon2id (RFC 9106) makes key and nonce, AES-256-GCM seals. Parameters:
/// <code>
/// version   u8    13 (hexadecimal)
/// memory    u32   KiB
/// passes    u32
/// lanes     u8
/// salt      b8    fresh for every writing of the file, so that key and nonce are as well
/// </code>
/// </summary>
internal sealed class KeyProtection
{
    public const int Overhead = Aes256Gcm.TagSize;

    private const byte Version = 0x13;
    private const int SaltSize = 16, LeastSalt = 8, LargestSalt = 64;

    /// <summary>Memory times passes, in KiB: about 15 s on one core of ours. Memory and passes at their limits together would be minutes.</summary>
    private const long LargestWork = 16L << 20;

    private readonly byte[] _salt;

    private KeyProtection(Argon2Parameters cost, byte[] salt)
    {
        Cost = cost;
        _salt = salt;
    }

    /// <summary>About 0.3 s on one core of ours. One lane: the computation is not shared among threads, so that more lanes would help the guesser only.</summary>
    public static Argon2Parameters StandardCost => new(64 * 1024, 8, 1);

    public static ReadOnlySpan<byte> Kdf => "argon2id"u8;

    public static ReadOnlySpan<byte> Cipher => "aes256-gcm"u8;

    public Argon2Parameters Cost { get; }

    public static KeyProtection Create(Argon2Parameters cost)
    {
        byte[] salt = new byte[SaltSize];
        SystemRandom.Fill(salt);
        return new KeyProtection(cost, salt);
    }

    /// <summary>The limits are checked here, before anybody is asked for a passphrase and before any memory is taken.</summary>
    /// <exception cref="ProtocolException">Malformed.</exception>
    public static KeyProtection Parse(ReadOnlySpan<byte> parameters, string name)
    {
        WireReader reader = new(parameters);
        byte version = reader.U8();
        uint memory = reader.U32(), passes = reader.U32();
        byte lanes = reader.U8();
        ReadOnlySpan<byte> salt = reader.ByteString8();
        reader.ExpectEnd();
        if (version != Version)
            throw new FailureException($"{name}: the key is protected with another version of Argon2id ({version}) than this program has ({Version})");
        if (salt.Length is < LeastSalt or > LargestSalt)
            throw new FailureException($"{name}: refused: the key derivation has a salt of {salt.Length} bytes; {LeastSalt} to {LargestSalt} are allowed");

        Argon2Parameters cost = new((int)Math.Min(memory, int.MaxValue), (int)Math.Min(passes, int.MaxValue), lanes);
        if (!cost.AreWithinLimits)
        {
            throw new FailureException(
                $"{name}: refused: the key derivation asks for {memory} KiB of memory, {passes} passes and {lanes} lanes; at most "
                + $"{Argon2Parameters.LargestMemoryKiB} KiB, {Argon2Parameters.LargestPasses} passes and {Argon2Parameters.LargestLanes} lanes are allowed, and 8 KiB for each lane are needed");
        }

        if ((long)cost.MemoryKiB * cost.Passes > LargestWork)
            throw new FailureException($"{name}: refused: the key derivation asks for {passes} passes over {memory} KiB of memory, which would take minutes; at most {LargestWork >> 20} GiB in all are allowed");

        return new KeyProtection(cost, salt.ToArray());
    }

    public byte[] Encode()
    {
        byte[] parameters = new byte[1 + 4 + 4 + 1 + 1 + _salt.Length];
        WireWriter writer = new(parameters);
        writer.WriteU8(Version);
        writer.WriteU32((uint)Cost.MemoryKiB);
        writer.WriteU32((uint)Cost.Passes);
        writer.WriteU8((byte)Cost.Lanes);
        writer.WriteByteString8(_salt);
        return parameters;
    }

    /// <param name="sealed">Longer than the section by <see cref="Overhead"/>.</param>
    public void Seal(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> header, ReadOnlySpan<byte> section, Span<byte> @sealed)
    {
        using SecretBuffer secret = Derive(passphrase);
        using var cipher = Aes256Gcm.Create(secret.Span[..Aes256Gcm.KeySize]);
        cipher.Seal(secret.Span[Aes256Gcm.KeySize..], header, section, @sealed[..^Overhead], @sealed[^Overhead..]);
    }

    /// <returns>Null: the passphrase is wrong.</returns>
    public SecretBuffer? TryOpen(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> header, ReadOnlySpan<byte> @sealed)
    {
        if (@sealed.Length <= Overhead)
            ProtocolException.Throw("the section is too short");
        using SecretBuffer secret = Derive(passphrase);
        using var cipher = Aes256Gcm.Create(secret.Span[..Aes256Gcm.KeySize]);
        SecretBuffer section = new(@sealed.Length - Overhead);
        if (cipher.Open(secret.Span[Aes256Gcm.KeySize..], header, @sealed[..^Overhead], @sealed[^Overhead..], section.Span))
            return section;
        section.Dispose();
        return null;
    }

    private SecretBuffer Derive(ReadOnlySpan<byte> passphrase)
    {
        SecretBuffer secret = new(Aes256Gcm.KeySize + Aes256Gcm.NonceSize);
        try
        {
            Argon2id.DeriveKey(passphrase, _salt, Cost, secret.Span);
            return secret;
        }
        catch
        {
            secret.Dispose();
            throw;
        }
    }
}
