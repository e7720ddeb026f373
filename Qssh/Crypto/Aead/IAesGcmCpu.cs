using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Aead;

/// <summary>
/// The instructions that AES-GCM needs from a CPU. Implemented by structs that are only type arguments: the compiler makes one copy of the
/// code for each and inlines these methods, so the shared code costs nothing. A caller asks <see cref="IsSupported"/> once, before anything else.
/// </summary>
internal interface IAesGcmCpu
{
    public static abstract bool IsSupported { get; }

    /// <summary>ShiftRows, SubBytes, MixColumns, AddRoundKey (FIPS 197, section 5.1).</summary>
    public static abstract Vector128<byte> Round(Vector128<byte> state, Vector128<byte> key);

    /// <summary>A round without MixColumns.</summary>
    public static abstract Vector128<byte> LastRound(Vector128<byte> state, Vector128<byte> key);

    /// <summary>Carry-less product of the lower halves.</summary>
    public static abstract Vector128<ulong> MultiplyLower(Vector128<ulong> left, Vector128<ulong> right);

    /// <summary>Carry-less product of the upper halves.</summary>
    public static abstract Vector128<ulong> MultiplyUpper(Vector128<ulong> left, Vector128<ulong> right);

    public static abstract Vector128<ulong> SwapHalves(Vector128<ulong> value);

    /// <summary>The lower half in the place of the upper one, above zeros.</summary>
    public static abstract Vector128<ulong> LowerToUpper(Vector128<ulong> value);

    /// <summary>The upper half in the place of the lower one, below zeros.</summary>
    public static abstract Vector128<ulong> UpperToLower(Vector128<ulong> value);

    /// <param name="order">Each below 16.</param>
    public static abstract Vector128<byte> Permute(Vector128<byte> value, Vector128<byte> order);
}
