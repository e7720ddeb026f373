using System.Globalization;
using Qssh.Platform;

namespace Qssh.Sftp.Server;

/// <summary>
/// The long name of a file: a line as of <c>ls -l</c>. The draft leaves its form open, but clients show it and some read it, so it has the
/// columns that they know: mode, links, user, group, size, time, name.
/// </summary>
internal static class ListingLine
{
    /// <summary>All but the name: the widest numbers, and names of users as long as Linux has them, twice.</summary>
    public const int MaxHead = 640;

    private const int MaxAccount = 256;
    private const long HalfYear = 365 * 24 * 60 * 60 / 2;

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> line, ReadOnlySpan<byte> name, in FileStatus status, IdNames names, long now)
    {
        Span<byte> number = stackalloc byte[20];
        int length = WriteMode(line, status);
        length += Right(line[length..], Decimal(status.Links, number), 3);
        line[length++] = (byte)' ';
        length += Left(line[length..], IdNames.OrNumber(names.User(status.Uid), status.Uid, number), 8);
        length += Left(line[length..], IdNames.OrNumber(names.Group(status.Gid), status.Gid, number), 8);
        length += Right(line[length..], Decimal((ulong)status.Size, number), 8);
        line[length++] = (byte)' ';
        length += WriteTime(line[length..], status.Modified, now);
        line[length++] = (byte)' ';
        name.CopyTo(line[length..]);
        return length + name.Length;
    }

    private static int WriteMode(Span<byte> line, in FileStatus status)
    {
        uint mode = status.Mode;
        line[0] = status.Kind switch
        {
            FileKind.Directory => (byte)'d',
            FileKind.Link => (byte)'l',
            FileKind.CharacterDevice => (byte)'c',
            FileKind.BlockDevice => (byte)'b',
            FileKind.Fifo => (byte)'p',
            FileKind.Socket => (byte)'s',
            FileKind.Regular => (byte)'-',
            _ => (byte)'?',
        };
        for (int i = 0; i < 9; i++)
            line[1 + i] = (mode & (0x100u >> i)) != 0 ? "rwx"u8[i % 3] : (byte)'-';
        Special(line, 3, mode & 0x800, 's');
        Special(line, 6, mode & 0x400, 's');
        Special(line, 9, mode & 0x200, 't');
        // The place of the sign for access lists, which strmode(3) leaves blank, and the blank behind it.
        line[10] = line[11] = (byte)' ';
        return 12;
    }

    private static void Special(Span<byte> line, int place, uint bit, char letter)
    {
        if (bit != 0)
            line[place] = (byte)(line[place] == 'x' ? letter : char.ToUpperInvariant(letter));
    }

    /// <summary>Day and time of what is younger than half a year, day and year of the rest; always 12 columns.</summary>
    private static int WriteTime(Span<byte> line, long time, long now)
    {
        const int Width = 12;
        line[..Width].Fill((byte)' ');
        if (!LocalTime.TryBreakDown(time, out (int Year, int Month, int Day, int Hour, int Minute) parts))
            return Width;

        Months.Slice(3 * (parts.Month - 1), 3).CopyTo(line);
        Span<byte> number = stackalloc byte[20];
        Right(line[4..], Decimal((ulong)parts.Day, number), 2);
        if (now - HalfYear >= time)
            return 6 + Right(line[6..], Decimal((ulong)Math.Max(parts.Year, 0), number), 6);

        TwoDigits(line[7..], parts.Hour);
        line[9] = (byte)':';
        TwoDigits(line[10..], parts.Minute);
        return Width;
    }

    private static void TwoDigits(Span<byte> line, int value)
    {
        line[0] = (byte)('0' + value / 10);
        line[1] = (byte)('0' + value % 10);
    }

    private static ReadOnlySpan<byte> Decimal(ulong value, Span<byte> buffer)
    {
        value.TryFormat(buffer, out int length, default, CultureInfo.InvariantCulture);
        return buffer[..length];
    }

    private static int Right(Span<byte> line, ReadOnlySpan<byte> text, int width)
    {
        int padding = Math.Max(width - text.Length, 0);
        line[..padding].Fill((byte)' ');
        text.CopyTo(line[padding..]);
        return padding + text.Length;
    }

    /// <summary>With a blank behind.</summary>
    private static int Left(Span<byte> line, ReadOnlySpan<byte> text, int width)
    {
        text = text[..Math.Min(text.Length, MaxAccount)];
        int length = Math.Max(width, text.Length);
        text.CopyTo(line);
        line[text.Length..(length + 1)].Fill((byte)' ');
        return length + 1;
    }
}
