using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Qssh.Crypto.Aead;

/// <summary>
/// The Armv8 cryptographic extension: AESE, AESMC, PMULL and PMULL2. AESE adds its key before the substitution where the shared code adds it
/// after MixColumns: it gets zeros, and the key is added apart. That addition runs beside the pair AESE and AESMC, which stays fused.
/// </summary>
internal readonly struct ArmAesGcmCpu : IAesGcmCpu
{
    public static bool IsSupported => Aes.IsSupported && AdvSimd.Arm64.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Round(Vector128<byte> state, Vector128<byte> key) =>
        Aes.MixColumns(Aes.Encrypt(state, Vector128<byte>.Zero)) ^ key;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> LastRound(Vector128<byte> state, Vector128<byte> key) => Aes.Encrypt(state, Vector128<byte>.Zero) ^ key;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> MultiplyLower(Vector128<ulong> left, Vector128<ulong> right) =>
        Aes.PolynomialMultiplyWideningLower(left.GetLower(), right.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> MultiplyUpper(Vector128<ulong> left, Vector128<ulong> right) =>
        Aes.PolynomialMultiplyWideningUpper(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> SwapHalves(Vector128<ulong> value) => AdvSimd.ExtractVector128(value, value, 1);

    // EXT takes 16 bytes out of its two operands, the first one being the lower: here from the middle.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> LowerToUpper(Vector128<ulong> value) => AdvSimd.ExtractVector128(Vector128<ulong>.Zero, value, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> UpperToLower(Vector128<ulong> value) => AdvSimd.ExtractVector128(value, Vector128<ulong>.Zero, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Permute(Vector128<byte> value, Vector128<byte> order) => AdvSimd.Arm64.VectorTableLookup(value, order);
}
