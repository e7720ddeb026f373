using System;
using System.Text;

namespace Qssh.Generators;

/// <summary>Text with indentation. Blocks are written as <c>using (source.Block("header")) { … }</c>.</summary>
internal sealed class SourceBuilder
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public SourceBuilder Line(string line = "")
    {
        if (line.Length > 0)
            _text.Append(' ', 4 * _depth).Append(line);

        _text.Append('\n');
        return this;
    }

    /// <summary>Writes the header and an opening brace; disposing writes the closing one, followed by <paramref name="tail"/>.</summary>
    public IDisposable Block(string header, string tail = "")
    {
        if (header.Length > 0)
            Line(header);

        Line("{");
        _depth++;
        return new OpenBlock(this, tail);
    }

    /// <summary>Indents what is written until disposal, without braces.</summary>
    public IDisposable Indent()
    {
        _depth++;
        return new OpenIndent(this);
    }

    public override string ToString() => _text.ToString();

    private sealed class OpenBlock(SourceBuilder owner, string tail) : IDisposable
    {
        public void Dispose()
        {
            owner._depth--;
            owner.Line("}" + tail);
        }
    }

    private sealed class OpenIndent(SourceBuilder owner) : IDisposable
    {
        public void Dispose() => owner._depth--;
    }
}
