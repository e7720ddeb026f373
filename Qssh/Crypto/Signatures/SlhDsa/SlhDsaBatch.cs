namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>How many hashes the kinds of <see cref="ISlhDsaHash{TSelf}"/> compute at once.</summary>
internal static class SlhDsaBatch
{
    /// <summary>The widest kind. Sizes of buffers on the stack follow from it.</summary>
    public const int Largest = 4;
}
