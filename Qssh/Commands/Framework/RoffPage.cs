using System.Text;

namespace Qssh.Commands.Framework;

/// <summary>A page in the man(7) macros, for texts that are put together at run time; pages of commands are made by the generator.</summary>
internal sealed class RoffPage
{
    private const int Width = 120;

    private readonly StringBuilder _page = new();

    public RoffPage(string title, int section, string name, string summary)
    {
        _page.Append($".TH {title} {section} \"\" \"qssh\" \"qssh manual\"\n");
        Section("NAME", $"{name} - {summary}");
    }

    public void Section(string title) => _page.Append($".SH {Escape(title)}\n");

    /// <summary>Paragraphs are separated by empty lines; one whose lines start with two spaces is an example, shown as it stands.</summary>
    public void Section(string title, string text)
    {
        Section(title);
        string[] paragraphs = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < paragraphs.Length; i++)
        {
            if (i > 0)
                _page.Append(".PP\n");
            Paragraph(paragraphs[i].Trim('\n'));
        }
    }

    public void Item(string name, string value, string text)
    {
        _page.Append($".TP\n\\fB{Escape(name)}\\fR \\fI{Escape(value)}\\fR\n");
        Fill(text);
    }

    public override string ToString() => _page.ToString();

    private void Paragraph(string text)
    {
        if (!text.StartsWith("  ", StringComparison.Ordinal))
        {
            Fill(text);
            return;
        }

        _page.Append(".nf\n");
        foreach (string line in text.Split('\n'))
            _page.Append(Escape(line)).Append('\n');
        _page.Append(".fi\n");
    }

    /// <summary>Lines of moderate length, so that a change of a word shows as such in the committed page.</summary>
    private void Fill(string text)
    {
        StringBuilder line = new();
        foreach (string word in text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                Line(line);
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        Line(line);
    }

    /// <summary>A line of text must not start with a control character of roff.</summary>
    private void Line(StringBuilder line) => _page.Append(line[0] is '.' or '\'' ? "\\&" : "").Append(Escape(line.ToString())).Append('\n');

    private static string Escape(string text) => text.Replace("\\", "\\e").Replace("-", "\\-").Replace("^", "\\(ha").Replace("~", "\\(ti");
}
