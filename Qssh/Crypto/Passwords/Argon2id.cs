using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Qssh.Crypto.Hashes;
using Qssh.Errors;
using Qssh.Secrets;

namespace Qssh.Crypto.Passwords;

/// <summary>Argon2id version 1.3 (RFC 9106): from a password to a key, at a cost in memory and time that is the caller's choice.</summary>
internal static class Argon2id
{
    public const int LeastSaltSize = 8;
    public const int LeastKeySize = 4;

    private const int Version = 0x13;
    private const int TypeId = 2;

    /// <param name="salt">At least 8 bytes.</param>
    /// <param name="parameters">Within their limits; checked before any memory is taken.</param>
    /// <param name="key">At least 4 bytes.</param>
    /// <exception cref="FailureException">There is not so much memory.</exception>
    public static void DeriveKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Argon2Parameters parameters, Span<byte> key) =>
        DeriveKey(password, salt, default, default, parameters, key);

    /// <summary>With a secret and associated data, K and X of the standard.</summary>
    public static void DeriveKey(
        ReadOnlySpan<byte> password,
        ReadOnlySpan<byte> salt,
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> associatedData,
        Argon2Parameters parameters,
        Span<byte> key)
    {
        if (!parameters.AreWithinLimits)
            throw new ArgumentOutOfRangeException(nameof(parameters), parameters, "outside the limits");
        ArgumentOutOfRangeException.ThrowIfLessThan(salt.Length, LeastSaltSize, nameof(salt));
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, LeastKeySize, nameof(key));

        using SecretBuffer memory = Allocate(parameters);
        Span<byte> seed = stackalloc byte[Blake2b.LargestSize + (2 * sizeof(int))];
        Span<ulong> final = stackalloc ulong[Argon2Block.Words];
        Span<byte> finalBytes = MemoryMarshal.AsBytes(final);
        try
        {
            InitialHash(password, salt, secret, associatedData, parameters, key.Length, seed);
            FirstBlocks(parameters, seed, memory.Span);
            new Argon2Filler(parameters, memory.Span).Fill(final);
            Argon2Hash.Hash(finalBytes, key);
        }
        finally
        {
            ConstantTime.Wipe(seed);
            ConstantTime.Wipe(finalBytes);
        }
    }

    /// <summary>H_0 (section 3.2, step 1), into the front of <paramref name="seed"/>.</summary>
    private static void InitialHash(
        ReadOnlySpan<byte> password,
        ReadOnlySpan<byte> salt,
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> associatedData,
        Argon2Parameters parameters,
        int keySize,
        Span<byte> seed)
    {
        Blake2b hash = Blake2b.Start(Blake2b.LargestSize);
        UpdateInteger(ref hash, parameters.Lanes);
        UpdateInteger(ref hash, keySize);
        UpdateInteger(ref hash, parameters.MemoryKiB);
        UpdateInteger(ref hash, parameters.Passes);
        UpdateInteger(ref hash, Version);
        UpdateInteger(ref hash, TypeId);
        UpdateString(ref hash, password);
        UpdateString(ref hash, salt);
        UpdateString(ref hash, secret);
        UpdateString(ref hash, associatedData);
        hash.Finish(seed[..Blake2b.LargestSize]);
    }

    /// <summary>B[i][0] and B[i][1] of each lane (section 3.2, steps 3 and 4).</summary>
    /// <param name="seed">H_0, and room for two numbers.</param>
    private static void FirstBlocks(Argon2Parameters parameters, Span<byte> seed, Span<byte> memory)
    {
        const int Columns = 2;
        int laneSize = Argon2Filler.LaneLength(parameters) * Argon2Block.Size;
        for (int lane = 0; lane < parameters.Lanes; lane++)
        {
            for (int column = 0; column < Columns; column++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(seed[Blake2b.LargestSize..], column);
                BinaryPrimitives.WriteInt32LittleEndian(seed[(Blake2b.LargestSize + sizeof(int))..], lane);
                Argon2Hash.Hash(seed, memory.Slice((lane * laneSize) + (column * Argon2Block.Size), Argon2Block.Size));
            }
        }
    }

    private static SecretBuffer Allocate(Argon2Parameters parameters)
    {
        try
        {
            return new SecretBuffer(Argon2Filler.MemorySize(parameters));
        }
        catch (OutOfMemoryException)
        {
            throw new FailureException($"the key derivation needs {parameters.MemoryKiB} KiB of memory, which this process cannot get");
        }
    }

    private static void UpdateString(ref Blake2b hash, ReadOnlySpan<byte> value)
    {
        UpdateInteger(ref hash, value.Length);
        hash.Update(value);
    }

    private static void UpdateInteger(ref Blake2b hash, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        hash.Update(bytes);
    }
}
