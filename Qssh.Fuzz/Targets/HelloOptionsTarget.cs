using Qssh.Wire.Messages.Transport;

namespace Qssh.Fuzz.Targets;

/// <summary>Options of CH without the lengths around them, which keep a fuzzer from inserting one. Input: 1 if a later version is offered, options.</summary>
internal sealed class HelloOptionsTarget : IFuzzTarget
{
    public string Name => "hello-options";

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;

        bool laterVersion = (input[0] & 1) == 1;
        ReadOnlySpan<byte> bytes = input[1..];
        ClientHelloOptions options = ClientHelloOptions.Read(bytes, laterVersion);
        FuzzException.ThrowIf(options.Early == EarlyKind.None != options.Binder.IsEmpty, "binder without early input");
        FuzzException.ThrowIf(!options.Binder.IsEmpty && !bytes.EndsWith(options.Binder), "binder is not last");
        FuzzException.ThrowIf(!laterVersion && !bytes.SequenceEqual(options.ToArray()), "written back to other bytes");
    }
}
