using Qssh.Errors;
using Qssh.Identity;
using Qssh.Identity.FileSignatures;

namespace Qssh.Fuzz.Targets;

/// <summary>
/// A signature file, which anybody may have written: it is read or refused in one line. Input: 0 and the text of a file, or another byte
/// and the content inside of it, which gets its armour here because no fuzzer finds that.
/// </summary>
internal sealed class FileSignatureTarget : IFuzzTarget
{
    public string Name => "file-signature";

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2)
            return;

        byte[] text = input[0] == 0 ? input[1..].ToArray() : Armour.Encode(input[1..], FileSignatureFormat.Begin, FileSignatureFormat.End);
        FileSignature signature = FileSignatureParser.Parse(text);
        FuzzException.ThrowIf(FileSignature.NamespaceFault(signature.Namespace) is not null, "a namespace that none can sign in");
        FuzzException.ThrowIf(input[0] != 0 && !signature.Encode().AsSpan().SequenceEqual(text), "another text when written back");
    }

    public bool IsExpected(Exception exception) => exception is FailureException failure && !failure.Message.Any(char.IsControl);
}
