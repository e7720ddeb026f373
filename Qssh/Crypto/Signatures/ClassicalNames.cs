namespace Qssh.Crypto.Signatures;

/// <summary>
/// Names of the signature schemes of OpenSSH. They are known only so that a user who asks for one learns why it is refused.
/// </summary>
internal static class ClassicalNames
{
    private static readonly string[] s_rsa = ["rsa", "ssh-rsa", "rsa-sha2-256", "rsa-sha2-512"];
    private static readonly string[] s_dsa = ["dsa", "dss", "ssh-dss", "ssh-dsa"];
    private static readonly string[] s_ecdsa =
    [
        "ecdsa", "ecdsa-sk", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ecdsa-sha2-nistp256@openssh.com", "webauthn-sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    private static readonly string[] s_edwards = ["ed25519", "ed25519-sk", "ssh-ed25519", "sk-ssh-ed25519@openssh.com", "ed448", "ssh-ed448"];

    /// <returns>One line for the user, or null when the name is not one of a classical scheme.</returns>
    public static string? Reason(string name)
    {
        const string CertificateSuffix = "-cert-v01@openssh.com";
        string bare = name.EndsWith(CertificateSuffix, StringComparison.OrdinalIgnoreCase) ? name[..^CertificateSuffix.Length] : name;
        if (Contains(s_rsa, bare))
            return "RSA is refused: a quantum computer factors its modulus (Shor's algorithm)";
        if (Contains(s_dsa, bare))
            return "DSA is refused: a quantum computer finds its discrete logarithm (Shor's algorithm)";
        if (Contains(s_ecdsa, bare))
            return "ECDSA is refused: a quantum computer finds its elliptic-curve logarithm (Shor's algorithm)";
        if (Contains(s_edwards, bare))
            return "Ed25519 and Ed448 are refused: a quantum computer finds their elliptic-curve logarithm (Shor's algorithm)";
        return null;
    }

    private static bool Contains(string[] names, string name)
    {
        foreach (string candidate in names)
        {
            if (candidate.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
