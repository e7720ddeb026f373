using Qssh.Crypto.Aead;
using Qssh.Record;

namespace Qssh.Speed;

/// <summary>From payload to sealed frames or records, through a copy that stands for the socket, and back to payload.</summary>
internal static class FrameRows
{
    private const int Payload = 128 * 1024;

    public static void AddTo(List<SpeedRow> all)
    {
        foreach (AeadId cipher in (AeadId[])[AeadId.Aes256Gcm, AeadId.ChaCha20Poly1305])
        {
            string name = cipher == AeadId.Aes256Gcm ? "AES-256-GCM" : "ChaCha20-Poly1305";
            all.Add(new SpeedRow("frames", $"T2 frames, {name}", Payload, () => Pipeline(RecordLayout.Frames, cipher, true)));
            all.Add(new SpeedRow("frames", $"T1 records, {name}", Payload, () => Pipeline(RecordLayout.Variable, cipher, true)));
        }

        all.Add(new SpeedRow("frames", "T2 frames, AES-256-GCM, a new slab each time", Payload, () => Pipeline(RecordLayout.Frames, AeadId.Aes256Gcm, false)));
    }

    private static Action Pipeline(RecordLayout layout, AeadId cipher, bool pooled)
    {
        RecordWriter writer = new();
        RecordReader reader = new() { ChecksFill = false };
        byte[] payload = new byte[Payload];
        byte[] arrived = new byte[SlabPool.SlabSize];
        Rekey(writer, reader, layout, cipher);
        return () =>
        {
            if (writer.Key!.IsWorn)
                Rekey(writer, reader, layout, cipher);
            Send(writer, reader, payload, pooled ? arrived : GC.AllocateUninitializedArray<byte>(SlabPool.SlabSize, pinned: true));
        };
    }

    private static void Send(RecordWriter writer, RecordReader reader, byte[] payload, byte[] arrived)
    {
        writer.Append(FrameKind.Session, payload);
        writer.Close();
        ReadOnlySpan<byte> ready = writer.Ready.Span;
        ready.CopyTo(arrived);
        Span<byte> rest = arrived.AsSpan(0, ready.Length);
        writer.Sent(ready.Length);
        int received = 0;
        while (reader.TryRead(rest, out _, out Span<byte> part, out int consumed))
        {
            received += part.Length;
            rest = rest[consumed..];
        }

        if (received != payload.Length)
            throw new InvalidOperationException("what arrived is not what was sent");
    }

    private static void Rekey(RecordWriter writer, RecordReader reader, RecordLayout layout, AeadId cipher)
    {
        writer.Switch(layout, new RecordKey(cipher, new byte[32], new byte[12]));
        reader.Switch(layout, new RecordKey(cipher, new byte[32], new byte[12]));
    }
}
