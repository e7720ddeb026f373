using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Qssh.Crypto.Aead;
using Qssh.Crypto.Curves;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures.Falcon;

namespace Qssh.Speed;

/// <summary>What this processor has for cryptography, and what of it is used.</summary>
internal sealed class CpuFacts
{
    private const string InfoFile = "/proc/cpuinfo";

    /// <summary>Our names, and the kernel's.</summary>
    private static readonly (string Name, string Flag)[] s_x86 =
    [
        ("SSE4.1", "sse4_1"), ("AES", "aes"), ("PCLMULQDQ", "pclmulqdq"), ("AVX2", "avx2"), ("AVX-512", "avx512f"), ("SHA", "sha_ni"), ("VAES", "vaes"),
        ("VPCLMULQDQ", "vpclmulqdq"),
    ];

    private static readonly (string Name, string Flag)[] s_arm =
        [("ASIMD", "asimd"), ("AES", "aes"), ("PMULL", "pmull"), ("SHA2", "sha2"), ("SHA512", "sha512"), ("SHA3", "sha3"), ("SVE", "sve")];

    private CpuFacts(string model, List<string> found)
    {
        Model = model;
        Found = found;
    }

    public static string Architecture => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x86-64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        _ => "another architecture",
    };

    public static int Processors => Environment.ProcessorCount;

    /// <summary>QSSH_CPU=baseline: the portable ciphers, and Falcon's emulated reals.</summary>
    public static bool IsBaseline => Environment.GetEnvironmentVariable("QSSH_CPU") == "baseline";

    public string Model { get; }

    /// <summary>Features that the kernel reports, of those that matter here; empty where it cannot be asked.</summary>
    public IReadOnlyList<string> Found { get; }

    public static CpuFacts Read()
    {
        string text = "";
        try
        {
            text = Encoding.UTF8.GetString(File.ReadAllBytes(InfoFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An empty container may have no /proc: the list stays empty.
        }

        bool isArm = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64;
        string[] flags = Field(text, isArm ? "Features" : "flags").Split(' ');
        List<string> found = [];
        foreach ((string name, string flag) in isArm ? s_arm : s_x86)
        {
            if (Array.IndexOf(flags, flag) >= 0)
                found.Add(name);
        }

        return new CpuFacts(Field(text, "model name"), found);
    }

    /// <summary>Primitive, and how it is computed in this process.</summary>
    public static List<(string Primitive, string Means)> Used() =>
    [
        ("AES-256-GCM", RowNames.Of(Aes256Gcm.Best)),
        ("ChaCha20-Poly1305", RowNames.Of(ChaCha20Poly1305.Best)),
        ("Keccak in SLH-DSA, ML-DSA", Vector128.IsHardwareAccelerated ? "two states (128-bit vectors)" : "one state"),
        ("X25519", PairLadder.IsSupported ? "pairs in 128-bit vectors" : "portable"),
        ("Falcon", FalconArithmeticChoice.Default == FalconArithmetic.Native ? "native reals" : "emulated reals"),
    ];

    /// <summary>The first line of this name; printable ASCII only, as it goes to a terminal.</summary>
    private static string Field(string text, string name)
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            int colon = line.IndexOf(':');
            if (colon > 0 && line[..colon].Trim().SequenceEqual(name) && !line.ContainsAnyExceptInRange('\t', '~'))
                return line[(colon + 1)..].Trim().ToString();
        }

        return "";
    }
}
