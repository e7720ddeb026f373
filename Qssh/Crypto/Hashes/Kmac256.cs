namespace Qssh.Crypto.Hashes;

/// <summary>KMAC256 (SP 800-185, section 4) with a fixed output length: every derivation and MAC of QSSH/1.</summary>
internal static class Kmac256
{
    /// <param name="customization">The string S.</param>
    /// <param name="output">Its length enters the computation: a shorter output is not a prefix of a longer one.</param>
    public static void Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> customization, Span<byte> output) =>
        Kmac.Compute256(key, data, customization, output);
}
