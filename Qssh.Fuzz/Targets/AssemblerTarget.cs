using Qssh.Errors;
using Qssh.Wire;

namespace Qssh.Fuzz.Targets;

/// <summary>
/// A byte stream cut into payloads must give the messages that it gives in one piece. Input: number of cuts, that many lengths, the stream.
/// </summary>
internal sealed class AssemblerTarget : IFuzzTarget
{
    private const int MaxMessage = 512;

    public string Name => "assembler";

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty || input.Length < 1 + input[0])
            return;

        ReadOnlySpan<byte> cuts = input.Slice(1, input[0]);
        ReadOnlySpan<byte> stream = input[(1 + input[0])..];
        int whole = WholeMessages(stream, out bool refused);
        using var assembler = new MessageAssembler(MaxMessage);
        int taken = 0;
        try
        {
            foreach (byte cut in cuts)
            {
                int length = Math.Min(cut, stream.Length);
                taken += Take(assembler, stream[..length]);
                stream = stream[length..];
            }

            taken += Take(assembler, stream);
        }
        catch (ProtocolException)
        {
            FuzzException.ThrowIf(!refused, "refused when cut only");
            return;
        }

        FuzzException.ThrowIf(refused || taken != whole, "other messages when cut");
        FuzzException.ThrowIf(assembler.IsAtBoundary && assembler.BufferedBytes != 0, "memory kept between messages");
    }

    private static int Take(MessageAssembler assembler, ReadOnlySpan<byte> payload)
    {
        int bytes = 0;
        MessageCursor messages = assembler.Feed(payload);
        while (messages.TryNext(out ReadOnlySpan<byte> message))
        {
            FuzzException.ThrowIf(message.Length != MessageHeader.Read(message).MessageSize, "not one whole message");
            bytes += message.Length;
        }

        return bytes;
    }

    /// <summary>Bytes of the whole messages at the start of the stream, counted without the assembler.</summary>
    private static int WholeMessages(ReadOnlySpan<byte> stream, out bool refused)
    {
        int at = 0;
        refused = false;
        while (stream.Length - at >= MessageHeader.Size)
        {
            int size = MessageHeader.Read(stream[at..]).MessageSize;
            refused = size > MaxMessage;
            if (refused || size > stream.Length - at)
                break;

            at += size;
        }

        return at;
    }
}
