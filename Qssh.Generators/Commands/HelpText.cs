using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Qssh.Generators.Commands;

/// <summary>Usage line and help of one command.</summary>
internal static class HelpText
{
    private const int Width = 79;
    private const int HelpColumn = 26;

    public static string Usage(CommandModel command) => $"{UsageLine(command)}\nmore: {command.Display} --help\n";

    public static string UsageLine(CommandModel command)
    {
        IEnumerable<string> parts = command.Operands.Select(o => o.Display);
        return string.Join(" ", new[] { "usage:", command.Display, "[options]" }.Concat(parts));
    }

    public static string Full(CommandModel command)
    {
        StringBuilder text = new();
        text.Append(command.Display).Append(" - ").Append(command.Summary).Append("\n\n").Append(UsageLine(command)).Append("\n\n");
        foreach (OperandModel operand in command.Operands)
            AppendEntry(text, operand.Name, operand.Help);

        if (command.Operands.Count > 0)
            text.Append('\n');

        foreach (OptionModel option in command.Options.Where(o => !o.Hidden))
            AppendEntry(text, Left(option), option.NotYet == null ? option.Help : option.Help + " (not in this version)");

        AppendEntry(text, "--help", "show this text");
        AppendEntry(text, VersionName(command), "show the version");
        return text.ToString();
    }

    /// <summary>A command may use -V for itself.</summary>
    public static string VersionName(CommandModel command) => command.Options.Any(o => o.Letter == "V") ? "--version" : "-V, --version";

    private static string Left(OptionModel option)
    {
        string value = option.TakesValue ? " " + option.ValueName : "";
        string letter = option.Letter.Length > 0 ? "-" + option.Letter : "";
        return (option.Letter.Length > 0, option.Long.Length > 0) switch
        {
            (true, true) => $"{letter}, --{option.Long}{value}",
            (true, false) => letter + value,
            _ => $"--{option.Long}{value}",
        };
    }

    private static void AppendEntry(StringBuilder text, string left, string help)
    {
        text.Append("  ").Append(left);
        int column = left.Length + 2;
        if (column >= HelpColumn)
        {
            text.Append('\n');
            column = 0;
        }

        text.Append(' ', HelpColumn - column);
        AppendWrapped(text, help);
    }

    private static void AppendWrapped(StringBuilder text, string help)
    {
        int column = HelpColumn;
        bool first = true;
        foreach (string word in help.Split(' '))
        {
            if (!first && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(' ', HelpColumn);
                column = HelpColumn;
            }
            else if (!first)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
            first = false;
        }

        text.Append('\n');
    }
}
