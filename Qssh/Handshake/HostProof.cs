using System.Buffers.Binary;
using Qssh.Schedule;

namespace Qssh.Handshake;

/// <summary>SP1: what the host key signs (docs/protocol.md, section 6). H_SI covers both hellos, all offers and the key itself.</summary>
internal static class HostProof
{
    private const byte Server = 2;

    /// <summary>label ‖ 00 ‖ 02 ‖ scheme u8 ‖ version u16 ‖ suite u16 ‖ tier u8 ‖ H_SI.</summary>
    public static readonly int Size = Labels.Proof.Host.Length + 2 + 1 + 2 + 2 + 1 + Kdf.HashSize;

    public static void Write(ushort version, Suite suite, Tier tier, ReadOnlySpan<byte> hSi, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, Size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(hSi.Length, Kdf.HashSize);
        ReadOnlySpan<byte> label = Labels.Proof.Host;
        label.CopyTo(output);
        Span<byte> rest = output[label.Length..];
        rest[0] = 0;
        rest[1] = Server;
        rest[2] = (byte)suite.Host;
        BinaryPrimitives.WriteUInt16BigEndian(rest[3..], version);
        BinaryPrimitives.WriteUInt16BigEndian(rest[5..], suite.Code);
        rest[7] = (byte)tier;
        hSi.CopyTo(rest[8..]);
    }
}
