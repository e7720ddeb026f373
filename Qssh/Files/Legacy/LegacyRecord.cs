using System.Globalization;

namespace Qssh.Files.Legacy;

/// <summary>
/// A line of the old protocol: <c>Cmmmm size name</c> begins a file, <c>Dmmmm 0 name</c> a directory, <c>E</c> ends it, and <c>Tmtime 0 atime
/// 0</c> gives the times of what comes next.
/// </summary>
internal sealed class LegacyRecord
{
    private const int ModeDigits = 4;
    private const uint PermissionBits = 0x1FF; // 0777: setuid and its like are never carried over

    private LegacyRecord(string line) => Line = line;

    /// <summary>Without its end.</summary>
    public string Line { get; }

    public char Kind => Line[0];

    public uint Mode { get; private init; }

    public long Size { get; private init; }

    /// <summary>As it came: checked by nobody yet.</summary>
    public string Name { get; private init; } = "";

    public long Modified { get; private init; }

    public long Accessed { get; private init; }

    /// <returns>Null: it is none.</returns>
    public static LegacyRecord? Parse(string line) => line[0] switch
    {
        'E' when line.Length == 1 => new LegacyRecord(line),
        'T' => ParseTimes(line, line[1..].Split(' ')),
        'C' or 'D' => ParseEntry(line),
        _ => null,
    };

    private static LegacyRecord? ParseTimes(string line, string[] words) =>
        words.Length == 4 && Number(words[0], out long modified) && Number(words[1], out _) && Number(words[2], out long accessed) && Number(words[3], out _)
            ? new LegacyRecord(line) { Modified = modified, Accessed = accessed }
            : null;

    private static LegacyRecord? ParseEntry(string line)
    {
        int size = line.IndexOf(' '), name = size < 0 ? -1 : line.IndexOf(' ', size + 1);
        if (size != 1 + ModeDigits || name < 0 || !Number(line.AsSpan(size + 1, name - size - 1), out long bytes))
            return null;
        uint mode = 0;
        foreach (char digit in line.AsSpan(1, ModeDigits))
        {
            if (digit is < '0' or > '7')
                return null;
            mode = 8 * mode + digit - '0';
        }

        return new LegacyRecord(line) { Mode = mode & PermissionBits, Size = bytes, Name = line[(name + 1)..] };
    }

    /// <summary>Digits alone: no sign, and no more than 2^63 - 1.</summary>
    private static bool Number(ReadOnlySpan<char> text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
