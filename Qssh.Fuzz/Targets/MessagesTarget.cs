using Qssh.Wire;

namespace Qssh.Fuzz.Targets;

/// <summary>
/// Whole messages of one direction or phase: the first byte chooses the decoder as it does on the wire. What is read must be written back to
/// the same bytes, so there is only one encoding of everything.
/// </summary>
internal sealed class MessagesTarget(string name, MessagesTarget.Decoder decode) : IFuzzTarget
{
    public static readonly MessagesTarget FromClient = new("messages-from-client", MessageDecoders.FromClient);
    public static readonly MessagesTarget FromServer = new("messages-from-server", MessageDecoders.FromServer);
    public static readonly MessagesTarget OfSession = new("messages-of-session", MessageDecoders.OfSession);

    /// <summary>Reads the message and writes it to the output.</summary>
    /// <returns>Bytes written, or -1 if no message of this direction has that type.</returns>
    internal delegate int Decoder(ReadOnlySpan<byte> message, Span<byte> output);

    public string Name => name;

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;

        Span<byte> output = new byte[input.Length];
        int written = decode(input, output);
        FuzzException.ThrowIf(written >= 0 && !output[..written].SequenceEqual(input), "read and written back to other bytes");
    }
}
