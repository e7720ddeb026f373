using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Qssh.Generators.Commands;

/// <summary>The manual page of one command in the man(7) macros, which every roff reads.</summary>
internal static class ManText
{
    public static string Page(CommandModel command)
    {
        StringBuilder page = new();
        page.Append($".TH {Escape(command.PageName.ToUpperInvariant())} {command.Section} \"\" \"qssh\" \"qssh manual\"\n");
        page.Append($".SH NAME\n{Escape(command.PageName)} \\- {Escape(command.Summary)}\n");
        AppendSynopsis(page, command);
        if (command.Description.Length > 0)
            AppendSection(page, "DESCRIPTION", command.Description);

        AppendOperands(page, command);
        AppendOptions(page, command);
        foreach (ManSectionModel section in command.Sections)
            AppendSection(page, section.Title, section.Text);

        return page.ToString();
    }

    private static void AppendSynopsis(StringBuilder page, CommandModel command)
    {
        List<string> parts = [$"\\fB{Escape(command.Display)}\\fR"];
        OptionModel[] shown = command.Options.Where(o => !o.Hidden).ToArray();
        string cluster = string.Concat(shown.Where(o => !o.TakesValue && o.Letter.Length > 0).Select(o => o.Letter));
        if (cluster.Length > 0)
            parts.Add($"[\\fB\\-{cluster}\\fR]");

        foreach (OptionModel option in shown.Where(o => o.TakesValue || o.Letter.Length == 0))
            parts.Add($"[\\fB{Escape(option.DisplayName)}\\fR{(option.TakesValue ? $" \\fI{Escape(option.ValueName)}\\fR" : "")}]");

        parts.AddRange(command.Operands.Select(o => Escape(o.Display)));
        page.Append(".SH SYNOPSIS\n").Append(string.Join("\n", parts)).Append('\n');
        if (command.Word.Length > 0 && command.Programs.Count > 0)
            page.Append($".PP\n\\fBqssh {Escape(command.Word)}\\fR is the same command.\n");
    }

    private static void AppendOperands(StringBuilder page, CommandModel command)
    {
        if (command.Operands.Count == 0)
            return;

        page.Append(".SH OPERANDS\n");
        foreach (OperandModel operand in command.Operands)
            page.Append($".TP\n\\fI{Escape(operand.Name)}\\fR\n{Line(Sentence(operand.Help))}\n");
    }

    private static void AppendOptions(StringBuilder page, CommandModel command)
    {
        page.Append(".SH OPTIONS\n");
        foreach (OptionModel option in command.Options.Where(o => !o.Hidden))
        {
            string value = option.TakesValue ? $" \\fI{Escape(option.ValueName)}\\fR" : "";
            IEnumerable<string> names = new[] { option.Letter.Length > 0 ? "-" + option.Letter : "", option.Long.Length > 0 ? "--" + option.Long : "" }
                .Where(n => n.Length > 0)
                .Select(n => $"\\fB{Escape(n)}\\fR{value}");
            page.Append($".TP\n{string.Join(", ", names)}\n{Line(Sentence(option.Help))}\n");
            AppendRemark(page, option);
        }

        page.Append(".TP\n\\fB\\-\\-help\\fR\nShow a summary of the options.\n");
        page.Append($".TP\n\\fB{Escape(HelpText.VersionName(command))}\\fR\nShow the version.\n");
    }

    private static void AppendRemark(StringBuilder page, OptionModel option)
    {
        if (option.NotYet != null)
            page.Append($"Not in this version: {Escape(option.NotYet)}.\n");
        else if (option.Note != null)
            page.Append($"Noted only: {Escape(option.Note)}.\n");
        else if (option.Ignored != null)
            page.Append($"Without effect: {Escape(option.Ignored)}.\n");

        if (option.Values.Length > 0)
            page.Append($"Values: {Escape(option.Values.Replace(" ", ", "))}.\n");
    }

    private static void AppendSection(StringBuilder page, string title, string text)
    {
        page.Append($".SH {Escape(title)}\n");
        bool first = true;
        foreach (string paragraph in text.Split(["\n\n"], System.StringSplitOptions.RemoveEmptyEntries))
        {
            if (!first)
                page.Append(".PP\n");

            first = false;
            AppendParagraph(page, paragraph.Trim('\n'));
        }
    }

    /// <summary>A paragraph whose lines start with two spaces is an example, shown as it stands.</summary>
    private static void AppendParagraph(StringBuilder page, string paragraph)
    {
        bool example = paragraph.StartsWith("  ", System.StringComparison.Ordinal);
        if (example)
            page.Append(".nf\n");

        foreach (string line in paragraph.Split('\n'))
            page.Append(Line(line)).Append('\n');

        if (example)
            page.Append(".fi\n");
    }

    private static string Sentence(string help)
    {
        if (help.Length == 0)
            return help;

        string text = char.ToUpperInvariant(help[0]) + help.Substring(1);
        return text.EndsWith(".", System.StringComparison.Ordinal) ? text : text + ".";
    }

    /// <summary>A line of text must not start with a control character of roff.</summary>
    private static string Line(string line) => line.Length > 0 && line[0] is ('.' or '\'') ? "\\&" + Escape(line) : Escape(line);

    private static string Escape(string text) => text.Replace("\\", "\\e").Replace("-", "\\-");
}
