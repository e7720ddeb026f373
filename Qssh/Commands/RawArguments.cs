using System.Text;
using Qssh.Errors;

namespace Qssh.Commands;

/// <summary>
/// argv as the kernel holds it. The runtime decodes argv as UTF-8 and replaces what is not; a remote command is bytes and must arrive as
/// typed. Read only where the replacement character shows up.
/// </summary>
internal static class RawArguments
{
    private const string CommandLine = "/proc/self/cmdline";

    /// <summary>Bytes of <paramref name="text"/>, which joins the last <paramref name="words"/> words of argv by spaces.</summary>
    public static byte[] Join(string text, int words)
    {
        if (!text.Contains('\uFFFD') || words == 0)
            return Encoding.UTF8.GetBytes(text);

        try
        {
            return Join(File.ReadAllBytes(CommandLine), text, words);
        }
        catch (IOException)
        {
            throw new FailureException($"the command is not UTF-8, and {CommandLine}, which has its bytes, cannot be read");
        }
    }

    /// <summary>Words of argv, such as file names, with the bytes that are not UTF-8 kept as <see cref="Platform.ByteText"/> has them.</summary>
    public static List<string> Restore(List<string> words)
    {
        if (!words.Exists(word => word.Contains('\uFFFD')))
            return words;
        try
        {
            return Restore(words, File.ReadAllBytes(CommandLine));
        }
        catch (IOException)
        {
            throw new FailureException($"a name is not UTF-8, and {CommandLine}, which has its bytes, cannot be read");
        }
    }

    /// <param name="argv">All words, each ended by NUL, the given ones among them in the same order.</param>
    internal static List<string> Restore(List<string> words, ReadOnlySpan<byte> argv)
    {
        List<string> restored = [];
        foreach (string word in words)
        {
            string found = word;
            for (bool isFound = false; !argv.IsEmpty && !isFound;)
            {
                ReadOnlySpan<byte> next = argv[..argv.IndexOf((byte)0)];
                argv = argv[(next.Length + 1)..];
                isFound = Encoding.UTF8.GetString(next) == word;
                if (isFound)
                    found = Platform.ByteText.From(next);
            }

            restored.Add(found);
        }

        return restored;
    }

    /// <param name="argv">All words, each ended by NUL.</param>
    internal static byte[] Join(ReadOnlySpan<byte> argv, string text, int words)
    {
        argv = argv[..^1];
        int start = argv.Length;
        for (int i = 0; i < words; i++)
            start = argv[..Math.Max(start - (i > 0 ? 1 : 0), 0)].LastIndexOf((byte)0) + 1;

        byte[] joined = argv[start..].ToArray();
        joined.AsSpan().Replace((byte)0, (byte)' ');

        // A literal U+FFFD typed by the user decodes to itself; anything else means that argv was rewritten under us.
        return Encoding.UTF8.GetString(joined) == text ? joined : Encoding.UTF8.GetBytes(text);
    }
}
