using Qssh.Record;

namespace Qssh.Fuzz.Targets;

/// <summary>Clear frames, the first that a server or client reads from anybody.</summary>
internal sealed class FrameTarget : IFuzzTarget
{
    public string Name => "clear-frame";

    public int MaxLength => 4 * Frame.Size;

    public void Run(ReadOnlySpan<byte> input)
    {
        byte[] received = input.ToArray();
        using var reader = new RecordReader();
        Span<byte> rest = received;
        while (reader.TryRead(rest, out FrameKind kind, out Span<byte> payload, out int consumed))
        {
            var same = new byte[Frame.Size];
            Frame.WriteHeader(same, kind, payload.Length);
            payload.CopyTo(same.AsSpan(Frame.HeaderSize));
            FuzzException.ThrowIf(consumed != Frame.Size || !rest[..consumed].SequenceEqual(same), "written back to other bytes");
            rest = rest[consumed..];
        }

        FuzzException.ThrowIf(rest.Length >= Frame.Size, "a whole frame was not read");
    }
}
