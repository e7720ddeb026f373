using Qssh.Crypto.Aead;

namespace Qssh.Speed;

/// <summary>Names of implementations in the table.</summary>
internal static class RowNames
{
    public static string Of(AesGcmImplementation kind) => kind switch
    {
        AesGcmImplementation.X86 => "AES-NI and PCLMULQDQ",
        AesGcmImplementation.Arm => "Armv8 AES and PMULL",
        _ => "portable",
    };

    public static string Of(ChaChaImplementation kind) => kind switch
    {
        ChaChaImplementation.Vector128 => "128-bit vectors",
        _ => "portable",
    };
}
