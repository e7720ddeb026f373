namespace Qssh.Crypto.Passwords;

/// <summary>
/// The cost of a derivation by Argon2id (RFC 9106, section 3.1). Files carry it, so that a hostile file could ask for all memory and for
/// ever: the limits are part of the type's meaning, and nothing is allocated before they are checked.
/// </summary>
/// <param name="MemoryKiB">m: at least 8 blocks of 1 KiB for each lane.</param>
/// <param name="Passes">t.</param>
/// <param name="Lanes">p. They are computed one after the other here, as a reader of a key file has no threads to spare.</param>
internal readonly record struct Argon2Parameters(int MemoryKiB, int Passes, int Lanes)
{
    public const int LargestMemoryKiB = 1 << 20;
    public const int LargestPasses = 64;
    public const int LargestLanes = 16;

    private const int LeastBlocksPerLane = 8;

    /// <summary>The second recommendation of RFC 9106, section 4: 64 MiB, three passes, four lanes.</summary>
    public static Argon2Parameters Recommended => new(64 * 1024, 3, 4);

    /// <summary>Whether <see cref="Argon2id"/> takes them.</summary>
    public bool AreWithinLimits =>
        Passes is >= 1 and <= LargestPasses
        && Lanes is >= 1 and <= LargestLanes
        && MemoryKiB >= LeastBlocksPerLane * Lanes
        && MemoryKiB <= LargestMemoryKiB;
}
