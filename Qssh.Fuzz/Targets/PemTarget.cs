using Qssh.Errors;
using Qssh.Identity;
using Qssh.Secrets;

namespace Qssh.Fuzz.Targets;

/// <summary>
/// A key in a PEM file, as <c>keygen -i</c> takes it: it is read or told to be damaged, in one line. Input: 0 and the text of a file, or
/// another byte and what is inside of it, odd for a private key: no fuzzer finds base64 within base64.
/// </summary>
internal sealed class PemTarget : IFuzzTarget
{
    public string Name => "pem";

    /// <summary>The largest private key, with its expanded form, in base64.</summary>
    public int MaxLength => 8192;

    public void Run(ReadOnlySpan<byte> input)
    {
        // A label without content is no text that anybody writes.
        if (input.Length < 2)
            return;
        string label = (input[0] & 1) == 1 ? PemKeys.PrivateLabel : PemKeys.PublicLabel;
        using SecretBuffer? der = PemText.Decode(input[0] == 0 ? input[1..] : PemText.Encode(label, input[1..]), out string found);
        if (der is null)
            return;
        if (found == PemKeys.PublicLabel)
            PemKeys.DecodePublic(der.Span, "key");
        else if (found == PemKeys.PrivateLabel)
            PemKeys.DecodePrivate(der.Span, "key").Dispose();
    }

    public bool IsExpected(Exception exception) => exception is ProtocolException || (exception is FailureException failure && !failure.Message.Contains('\n'));
}
