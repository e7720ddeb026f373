using System.Runtime.InteropServices;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>Who computes with binary64 when keys are expanded and signatures made. The bytes are the same.</summary>
internal enum FalconArithmetic
{
    /// <summary>The processor: see <see cref="NativeReal"/>.</summary>
    Native,

    /// <summary>Integer instructions: see <see cref="EmulatedReal"/>.</summary>
    Emulated,
}

internal static class FalconArithmeticChoice
{
    /// <summary>Chosen once. QSSH_CPU=baseline asks for the portable form, as for AES.</summary>
    public static readonly FalconArithmetic Default =
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64
        && Environment.GetEnvironmentVariable("QSSH_CPU") != "baseline"
            ? FalconArithmetic.Native
            : FalconArithmetic.Emulated;
}
