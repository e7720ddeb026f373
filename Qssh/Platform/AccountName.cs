using System.Text;

namespace Qssh.Platform;

/// <summary>
/// Which names may be looked up at all. A peer sends them, and they end up in paths, arguments and logs: no separator, no parent
/// directory, nothing that an option parser or a terminal would act on.
/// </summary>
internal static class AccountName
{
    public const int MaxLength = 256;

    public static bool IsValid(string name) => name.Length <= MaxLength && IsValid(Encoding.UTF8.GetBytes(name));

    public static bool IsValid(ReadOnlySpan<byte> name)
    {
        // "-" begins an option, "+" a NIS line, "#" what an administrator took out.
        if (name.Length is 0 or > MaxLength || name[0] is (byte)'-' or (byte)'+' or (byte)'#' or (byte)' ' || name[^1] == ' ')
            return false;
        if (name.ContainsAnyInRange((byte)0, (byte)0x1F) || name.ContainsAny("/:,\x7F"u8))
            return false;

        // C1 controls arrive as C2 80..9F.
        for (int i = name.IndexOf((byte)0xC2); i >= 0 && i + 1 < name.Length; i++)
        {
            if (name[i] == 0xC2 && name[i + 1] < 0xA0)
                return false;
        }
        return !name.SequenceEqual("."u8) && name.IndexOf(".."u8) < 0 && System.Text.Unicode.Utf8.IsValid(name);
    }
}
