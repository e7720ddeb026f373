namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>Keccak-p[1600, 24] over several states. Implemented by structs that are only type arguments.</summary>
internal interface IKeccakLanes
{
    /// <summary>States at once.</summary>
    public static abstract int Count { get; }

    /// <param name="states">Lane i of state j is word i * <see cref="Count"/> + j.</param>
    public static abstract void Permute(Span<ulong> states);
}
