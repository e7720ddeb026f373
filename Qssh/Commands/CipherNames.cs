namespace Qssh.Commands;

/// <summary>Tells a list of ciphers, ours or OpenSSH's, from a command.</summary>
internal static class CipherNames
{
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

    private static bool IsName(ReadOnlySpan<char> name) => name switch
    {
        "aes256-gcm" or "aes256-gcm@openssh.com" or "aes128-gcm@openssh.com" or "chacha20-poly1305@openssh.com" => true,
        "aes128-ctr" or "aes192-ctr" or "aes256-ctr" or "aes128-cbc" or "aes192-cbc" or "aes256-cbc" or "3des-cbc" => true,
        "rijndael-cbc@lysator.liu.se" or "arcfour" or "arcfour128" or "arcfour256" or "blowfish-cbc" or "cast128-cbc" => true,
        "blowfish" or "3des" => true,
        _ => false,
    };
}
