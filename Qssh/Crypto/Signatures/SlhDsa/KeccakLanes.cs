using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qssh.Crypto.Hashes;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>One state, for any machine.</summary>
internal readonly struct KeccakLanes1 : IKeccakLanes
{
    public static int Count => 1;

    public static void Permute(Span<ulong> states) => KeccakPermutation.Permute(states);
}

/// <summary>Two states, for any machine with vectors of 128 bits.</summary>
internal readonly struct KeccakLanes2 : IKeccakLanes
{
    public static int Count => 2;

    public static void Permute(Span<ulong> states) => KeccakPermutation2.Permute(MemoryMarshal.Cast<ulong, Vector128<ulong>>(states));
}
