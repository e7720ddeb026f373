using Qssh.Crypto.Hashes;

namespace Qssh.Identity;

/// <summary>The one form in which keys are shown: <c>SHA256:</c> and the base64 of SHA-256 over the key blob, without padding.</summary>
internal static class Fingerprint
{
    public static string Of(ReadOnlySpan<byte> blob)
    {
        Span<byte> hash = stackalloc byte[Sha256.Size];
        Sha256.Hash(blob, hash);
        return "SHA256:" + Convert.ToBase64String(hash).TrimEnd('=');
    }
}
