using Qssh.Wire.Messages.Transport;

namespace Qssh.Fuzz.Targets;

/// <summary>Bodies of CH, the first bytes that a server takes from anybody, down to the parts of its options.</summary>
internal sealed class ClientHelloTarget : IFuzzTarget
{
    public string Name => "client-hello";

    public void Run(ReadOnlySpan<byte> input)
    {
        ClientHello hello = ClientHello.Read(input);
        ClientHelloOptions options = hello.ReadOptions();
        FuzzException.ThrowIf(options.Early == EarlyKind.None != options.Binder.IsEmpty, "binder without early input");
        if (options.Early == EarlyKind.Pin)
            FuzzException.ThrowIf(options.PinCiphertext.Length + 1 != options.EarlyInput.Length, "pin of another length");
        if (!options.Binder.IsEmpty)
            FuzzException.ThrowIf(!input.EndsWith(options.Binder), "binder is not the end of the hello");

        // Options of a later version are read over, so only a hello without them can be written back.
        if (hello.Versions[0] <= ClientHello.OwnVersion)
            FuzzException.ThrowIf(!hello.Options.SequenceEqual(options.ToArray()), "options written back to other bytes");
    }
}
