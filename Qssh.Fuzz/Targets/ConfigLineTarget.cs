using System.Text;
using Qssh.Config;

namespace Qssh.Fuzz.Targets;

/// <summary>Lines of a configuration file: keyword, then words with quotes, escapes and comments.</summary>
internal sealed class ConfigLineTarget : IFuzzTarget
{
    public string Name => "config-line";

    public void Run(ReadOnlySpan<byte> input)
    {
        if (ConfigLine.Parse("config", 1, Encoding.UTF8.GetString(input)) is not { } line)
            return;

        FuzzException.ThrowIf(line.Keyword.Length == 0, "a line without keyword");
        ConfigWords.Split(line.Rest);
    }

    public bool IsExpected(Exception exception) => exception is ConfigValueException;
}
