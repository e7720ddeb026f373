using Qssh.Crypto.Rng;

namespace Qssh.Files;

/// <summary>A name that nothing else has, in the directory of another name, so that one can take the other's place.</summary>
internal static class TemporaryName
{
    public static string Beside(string path)
    {
        Span<byte> random = stackalloc byte[8];
        SystemRandom.Fill(random);
        return $"{path[..(path.LastIndexOf('/') + 1)]}.qssh-{Convert.ToHexString(random)}";
    }
}
