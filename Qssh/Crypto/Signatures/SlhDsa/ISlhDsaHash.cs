namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// The tweakable hashes of a parameter set (FIPS 205, section 11) under one PK.seed, several at a time. F, H, T_l and PRF differ only in
/// the length of what they hash: PRF(PK.seed, SK.seed, ADRS) is F of SK.seed in both families. A plain struct that holds every
/// intermediate value, so that its owner can wipe it.
/// </summary>
internal interface ISlhDsaHash<TSelf>
    where TSelf : struct, ISlhDsaHash<TSelf>
{
    /// <summary>The most hashes in one call, and the number at which it is fastest: a power of 2, at most <see cref="SlhDsaBatch.Largest"/>.</summary>
    public static abstract int Lanes { get; }

    public static abstract TSelf Create(SlhDsaParameters parameters, ReadOnlySpan<byte> pkSeed);

    /// <summary>One hash for each address, in time that depends on lengths only.</summary>
    /// <param name="messages">One after the other, all of one length, a multiple of 8.</param>
    /// <param name="outputs">n bytes for each; may overlap the messages, which are read first.</param>
    public void Hash(ReadOnlySpan<SlhDsaAddress> addresses, ReadOnlySpan<byte> messages, Span<byte> outputs);

    /// <summary>Wipes the state; the value can then not be used.</summary>
    public void Clear();
}
