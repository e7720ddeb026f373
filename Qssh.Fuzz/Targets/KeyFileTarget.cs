using Qssh.Crypto.Hashes;
using Qssh.Errors;
using Qssh.Identity;

namespace Qssh.Fuzz.Targets;

/// <summary>
/// A private key file: it opens or is told to be damaged, in one line. Input: 0 and the text of a file, or another byte and the content
/// inside of it, which gets armour and check here because no fuzzer finds them.
/// </summary>
internal sealed class KeyFileTarget : IFuzzTarget
{
    public string Name => "key-file";

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;

        using PrivateKey key = PrivateKeyFile.Decode(input[0] == 0 ? input[1..] : Wrap(input[1..]), "key");
    }

    public bool IsExpected(Exception exception) => exception is FailureException failure && !failure.Message.Contains('\n');

    private static byte[] Wrap(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[32];
        Sha3.Hash256(content, hash);
        return Armour.Encode([.. content, .. hash[..PrivateKeyFormat.CheckSize]]);
    }
}
