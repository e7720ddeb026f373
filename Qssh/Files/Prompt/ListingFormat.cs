using System.Globalization;
using System.Text;
using Qssh.Platform;
using Qssh.Sftp;
using Qssh.Sftp.Client;

namespace Qssh.Files.Prompt;

/// <summary>One line of <c>ls -l</c>, made here from what the server says in numbers.</summary>
internal static class ListingFormat
{
    private static readonly string[] s_months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <param name="names">Owner and group; null: their numbers are shown.</param>
    public static string Line(in SftpAttributes attributes, string name, (string Owner, string Group)? names, string links, bool human)
    {
        string owner = names?.Owner ?? attributes.Uid.ToString(CultureInfo.InvariantCulture);
        string group = names?.Group ?? attributes.Gid.ToString(CultureInfo.InvariantCulture);
        string size = human ? Amount(attributes.Size) : attributes.Size.ToString(CultureInfo.InvariantCulture);
        return $"{Mode(attributes)}  {links,3} {owner,-8} {group,-8} {size.PadLeft(human ? 6 : 8)} {Time(attributes.Modified)} {name}";
    }

    public static string Time(uint seconds)
    {
        if (!LocalTime.TryBreakDown(seconds, out (int Year, int Month, int Day, int Hour, int Minute) parts))
            return seconds.ToString(CultureInfo.InvariantCulture);
        long age = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds;
        bool recent = age is > -3600 and < 365L * 24 * 3600 / 2;
        return recent ? $"{s_months[parts.Month - 1]} {parts.Day,2} {parts.Hour:00}:{parts.Minute:00}" : $"{s_months[parts.Month - 1]} {parts.Day,2}  {parts.Year,4}";
    }

    /// <summary>"12.3MB", as scaled numbers are.</summary>
    public static string Amount(ulong bytes)
    {
        if (bytes < 1024)
            return $"{bytes}B";
        ScaledNumber scaled = ScaledNumber.Of(bytes, 10235);
        // Four characters are enough, as in OpenSSH's lists.
        return scaled.Tenths >= 1000 ? $"{(scaled.Tenths + 5) / 10}{scaled.Unit}B" : $"{scaled.Tenths / 10}.{scaled.Tenths % 10}{scaled.Unit}B";
    }

    private static string Mode(in SftpAttributes attributes)
    {
        uint mode = attributes.Permissions;
        char kind = SftpClient.KindOf(attributes) switch
        {
            FileKind.Directory => 'd',
            FileKind.Link => 'l',
            FileKind.CharacterDevice => 'c',
            FileKind.BlockDevice => 'b',
            FileKind.Fifo => 'p',
            FileKind.Socket => 's',
            _ => '-',
        };
        StringBuilder text = new(10);
        text.Append(kind);
        for (int bit = 8; bit >= 0; bit--)
            text.Append((mode & (1u << bit)) != 0 ? "xwr"[bit % 3] : '-');
        Special(text, 3, mode & 0x800, 's', 'S');
        Special(text, 6, mode & 0x400, 's', 'S');
        Special(text, 9, mode & 0x200, 't', 'T');
        return text.ToString();
    }

    private static void Special(StringBuilder text, int at, uint set, char with, char without)
    {
        if (set != 0)
            text[at] = text[at] == 'x' ? with : without;
    }
}
