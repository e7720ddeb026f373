namespace Qssh.Config;

/// <summary>Names of ciphers: ours, with OpenSSH's spelling of the same, and those of OpenSSH that no suite has.</summary>
internal static class CipherNames
{
    /// <summary>The names that lists may use.</summary>
    private static readonly string[] s_ours = ["aes256-gcm", "aes256-gcm@openssh.com", "chacha20-poly1305", "chacha20-poly1305@openssh.com"];

    /// <summary>One name each, as listings show them.</summary>
    public static IReadOnlyList<string> Ours { get; } = ["aes256-gcm", "chacha20-poly1305"];

    /// <summary>
    /// The ciphers of a list as suites call them, in its order. A list with none of ours, as scripts for SSH-2 have, asks for less than
    /// any suite gives: it stands for the default.
    /// </summary>
    /// <param name="defaults">Names out of <see cref="Ours"/>, by preference.</param>
    public static List<string> Resolve(AlgorithmList list, IReadOnlyList<string> defaults)
    {
        List<string> ciphers = Map(list.Resolve(defaults, s_ours));
        return ciphers.Count > 0 ? ciphers : Map(defaults);
    }

    /// <summary>Tells a list of ciphers from a command.</summary>
    public static bool IsList(string text)
    {
        ReadOnlySpan<char> rest = text;
        if (!rest.IsEmpty && rest[0] is '+' or '-' or '^')
            rest = rest[1..];

        while (true)
        {
            int comma = rest.IndexOf(',');
            if (!IsName(comma < 0 ? rest : rest[..comma]))
                return false;
            if (comma < 0)
                return true;

            rest = rest[(comma + 1)..];
        }
    }

    /// <summary>A known name, or a pattern.</summary>
    public static bool IsKnown(string name) => name.AsSpan().ContainsAny('*', '?') || IsName(name);

    private static List<string> Map(IReadOnlyList<string> names)
    {
        List<string> ciphers = [];
        foreach (string name in names)
        {
            string cipher = name[0] == 'a' ? "aes256gcm" : "chacha20poly1305";
            if (!ciphers.Contains(cipher))
                ciphers.Add(cipher);
        }

        return ciphers;
    }

    private static bool IsName(ReadOnlySpan<char> name) => name switch
    {
        "aes256-gcm" or "chacha20-poly1305" or "aes256-gcm@openssh.com" or "aes128-gcm@openssh.com" or "chacha20-poly1305@openssh.com" => true,
        "aes128-ctr" or "aes192-ctr" or "aes256-ctr" or "aes128-cbc" or "aes192-cbc" or "aes256-cbc" or "3des-cbc" => true,
        "rijndael-cbc@lysator.liu.se" or "arcfour" or "arcfour128" or "arcfour256" or "blowfish-cbc" or "cast128-cbc" => true,
        "blowfish" or "3des" => true,
        _ => false,
    };
}
