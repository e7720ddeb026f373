using System.Buffers.Binary;
using static Qssh.Platform.TerminalFlags;

namespace Qssh.Platform;

/// <summary>
/// Terminal modes as they travel (RFC 4254 section 8, IUTF8 of RFC 8160): pairs of opcode u8 and value u32, ended by opcode 0.
/// Opcodes that Linux has no counterpart for are not sent and, received, are skipped.
/// </summary>
internal static class TerminalModes
{
    public const int MaxSize = 5 * 64 + 1;

    private const byte End = 0;
    private const byte InputSpeed = 128;
    private const byte OutputSpeed = 129;

    /// <summary>From here on opcodes have arguments of unknown form: parsing stops (section 8).</summary>
    private const byte FirstUndefined = 160;

    /// <summary>"Not in use" for a character, on the wire.</summary>
    private const uint WireDisabled = 255;

    /// <summary>Opcodes 1 to 18, by index of c_cc.</summary>
    private static ReadOnlySpan<sbyte> Characters =>
        [VINTR, VQUIT, VERASE, VKILL, VEOF, VEOL, VEOL2, VSTART, VSTOP, VSUSP, -1, VREPRINT, VWERASE, VLNEXT, -1, VSWTC, -1, VDISCARD];

    /// <summary>Opcodes from 30.</summary>
    private static ReadOnlySpan<uint> InputFlags =>
        [IGNPAR, PARMRK, INPCK, ISTRIP, INLCR, IGNCR, ICRNL, IUCLC, IXON, IXANY, IXOFF, IMAXBEL, IUTF8];

    /// <summary>Opcodes from 50.</summary>
    private static ReadOnlySpan<uint> LocalFlags =>
        [ISIG, ICANON, XCASE, ECHO, ECHOE, ECHOK, ECHONL, NOFLSH, TOSTOP, IEXTEN, ECHOCTL, ECHOKE, PENDIN];

    /// <summary>Opcodes from 70.</summary>
    private static ReadOnlySpan<uint> OutputFlags => [OPOST, OLCUC, ONLCR, OCRNL, ONOCR, ONLRET];

    /// <summary>Opcodes from 90: two sizes of the CSIZE field, then flags.</summary>
    private static ReadOnlySpan<uint> ControlFlags => [CS7, CS8, PARENB, PARODD];

    /// <summary>By code: B0 to B38400, then (CBAUDEX) B57600 to B4000000 from 0x1001.</summary>
    private static ReadOnlySpan<uint> Speeds => [0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400];

    private static ReadOnlySpan<uint> FastSpeeds =>
    [
        57600, 115200, 230400, 460800, 500000, 576000, 921600, 1000000, 1152000, 1500000, 2000000, 2500000, 3000000, 3500000, 4000000,
    ];

    /// <param name="destination">At least <see cref="MaxSize"/>.</param>
    /// <returns>Bytes written, with the end.</returns>
    public static int Encode(in TerminalSettings settings, Span<byte> destination)
    {
        int length = 0;
        for (int i = 0; i < Characters.Length; i++)
        {
            if (Characters[i] < 0)
                continue;
            byte value = settings.Character(Characters[i]);
            Put(destination, ref length, (byte)(i + 1), value == Disabled ? WireDisabled : value);
        }
        PutFlags(destination, ref length, 30, InputFlags, settings.Input);
        PutFlags(destination, ref length, 50, LocalFlags, settings.Local);
        PutFlags(destination, ref length, 70, OutputFlags, settings.Output);
        uint size = settings.Control & CSIZE;
        Put(destination, ref length, 90, size == CS7 ? 1u : 0);
        Put(destination, ref length, 91, size == CS8 ? 1u : 0);
        PutFlags(destination, ref length, 92, ControlFlags[2..], settings.Control);
        Put(destination, ref length, InputSpeed, SpeedOf(settings.Control & CBAUD));
        Put(destination, ref length, OutputSpeed, SpeedOf(settings.Control & CBAUD));
        destination[length++] = End;
        return length;
    }

    /// <summary>Takes over what the peer told; whatever else it sent is ignored.</summary>
    public static void Apply(ReadOnlySpan<byte> modes, ref TerminalSettings settings)
    {
        while (modes.Length >= 5 && modes[0] is not End and < FirstUndefined)
        {
            Apply(modes[0], BinaryPrimitives.ReadUInt32BigEndian(modes[1..]), ref settings);
            modes = modes[5..];
        }
    }

    private static void Apply(byte opcode, uint value, ref TerminalSettings settings)
    {
        switch (opcode)
        {
            case <= 18:
                if (Characters[opcode - 1] >= 0)
                    settings.SetCharacter(Characters[opcode - 1], value >= WireDisabled ? Disabled : (byte)value);
                break;
            case >= 30 and < 50:
                Change(ref settings.Input, InputFlags, opcode - 30, value);
                break;
            case >= 50 and < 70:
                Change(ref settings.Local, LocalFlags, opcode - 50, value);
                break;
            case >= 70 and < 90:
                Change(ref settings.Output, OutputFlags, opcode - 70, value);
                break;
            case 90 or 91:
                if (value != 0)
                    settings.Control = (settings.Control & ~CSIZE) | ControlFlags[opcode - 90];
                break;
            case 92 or 93:
                Change(ref settings.Control, ControlFlags, opcode - 90, value);
                break;
            case OutputSpeed:
                settings.Control = (settings.Control & ~CBAUD) | CodeOf(value, settings.Control & CBAUD);
                break;
        }
    }

    private static void Change(ref uint flags, ReadOnlySpan<uint> table, int index, uint value)
    {
        if (index < table.Length)
            flags = value != 0 ? flags | table[index] : flags & ~table[index];
    }

    private static void PutFlags(Span<byte> destination, ref int length, byte first, ReadOnlySpan<uint> table, uint flags)
    {
        for (int i = 0; i < table.Length; i++)
            Put(destination, ref length, (byte)(first + i), (flags & table[i]) != 0 ? 1u : 0);
    }

    private static void Put(Span<byte> destination, ref int length, byte opcode, uint value)
    {
        destination[length] = opcode;
        BinaryPrimitives.WriteUInt32BigEndian(destination[(length + 1)..], value);
        length += 5;
    }

    private static uint SpeedOf(uint code)
    {
        if (code < Speeds.Length)
            return Speeds[(int)code];

        uint fast = (code & 0xF) - 1;
        return fast < FastSpeeds.Length ? FastSpeeds[(int)fast] : 38400;
    }

    private static uint CodeOf(uint speed, uint otherwise)
    {
        int slow = Speeds.IndexOf(speed), fast = FastSpeeds.IndexOf(speed);
        return slow > 0 ? (uint)slow : fast >= 0 ? 0x1000u + (uint)fast + 1 : otherwise; // B0 would hang up
    }
}
