using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qssh.Crypto.Aead;

/// <summary>AES-NI, PCLMULQDQ and the byte shuffle of SSSE3.</summary>
internal readonly struct X86AesGcmCpu : IAesGcmCpu
{
    public static bool IsSupported => Aes.IsSupported && Pclmulqdq.IsSupported && Ssse3.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Round(Vector128<byte> state, Vector128<byte> key) => Aes.Encrypt(state, key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LastRound(Vector128<byte> state, Vector128<byte> key) => Aes.EncryptLast(state, key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> MultiplyLower(Vector128<ulong> left, Vector128<ulong> right) =>
        Pclmulqdq.CarrylessMultiply(left, right, 0x00);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> MultiplyUpper(Vector128<ulong> left, Vector128<ulong> right) =>
        Pclmulqdq.CarrylessMultiply(left, right, 0x11);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> SwapHalves(Vector128<ulong> value) => Sse2.Shuffle(value.AsUInt32(), 0x4E).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> LowerToUpper(Vector128<ulong> value) => Sse2.ShiftLeftLogical128BitLane(value, 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> UpperToLower(Vector128<ulong> value) => Sse2.ShiftRightLogical128BitLane(value, 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Permute(Vector128<byte> value, Vector128<byte> order) => Ssse3.Shuffle(value, order);
}
