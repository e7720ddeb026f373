using System.Text;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;

namespace Qssh.Client;

/// <summary>
/// A file of public keys that no host may have any more, one a line. Keys of SSH are passed over; anything else that is not understood,
/// such as OpenSSH's binary list, is an error, as it may hold the very key.
/// </summary>
internal static class RevokedHostKeys
{
    /// <returns>Where the key stands; null: it is not there.</returns>
    public static string? Find(string file, PublicKey key)
    {
        try
        {
            string[] lines = Encoding.UTF8.GetString(File.ReadAllBytes(file)).Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                string line = lines[i].Trim(), place = file + ":" + (i + 1).ToString();
                if (line.Length == 0 || line[0] == '#' || IsForeign(line))
                    continue;
                PublicKey revoked = PublicKeyLine.Parse(line).Key ?? throw new FailureException("RevokedHostKeys " + place + " is not a public key, so no host is trusted");
                if (revoked.Equals(key))
                    return place;
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"RevokedHostKeys {file} cannot be read, so no host is trusted: {FileFault.Reason(e)}");
        }
    }

    private static bool IsForeign(string line) => SignatureAlgorithm.ClassicalReason(line.Split(' ')[0]) is not null;
}
