using System.Globalization;

namespace Qssh.Lab.Cross;

/// <summary>
/// Primitives by lines of text, for the programs of other implementations and for the recorded results: "algorithm operation argument…",
/// arguments in hex ("-" is nothing) or decimal, gives results in hex, or true or false.
/// </summary>
internal static class CrossCommands
{
    /// <returns>0; the end of input is the end.</returns>
    public static int Run(TextReader input, TextWriter output)
    {
        while (input.ReadLine() is { } line)
        {
            output.WriteLine(Answer(line));
            output.Flush();
        }

        return 0;
    }

    public static string Answer(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
            return "error: algorithm and operation are missing";
        try
        {
            string[] rest = words[2..];
            return KemCommands.Answer(words[0], words[1], rest)
                ?? SignatureCommands.Answer(words[0], words[1], rest)
                ?? SymmetricCommands.Answer(words[0], words[1], rest)
                ?? $"error: {words[0]} {words[1]} is unknown";
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or IndexOutOfRangeException)
        {
            return $"error: {failure.Message}";
        }
    }

    public static byte[] Bytes(string word) => word == "-" ? [] : Convert.FromHexString(word);

    public static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    public static string Text(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "-" : Convert.ToHexStringLower(bytes);

    public static string Text(bool answer) => answer ? "true" : "false";
}
