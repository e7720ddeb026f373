using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Qssh.Json;

/// <summary>Writes one JSON value, with a line for each member and element. Its methods stay calls, since reports are long chains of them.</summary>
internal sealed class JsonWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isFirst = true;
    private bool _follows;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public JsonWriter Begin(char bracket)
    {
        Separate();
        _text.Append(bracket);
        _depth++;
        _isFirst = true;
        return this;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public JsonWriter End(char bracket)
    {
        _depth--;
        if (!_isFirst)
            NewLine();
        _text.Append(bracket);
        _isFirst = false;
        return this;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public JsonWriter Name(string name)
    {
        Separate();
        Quote(name);
        _text.Append(": ");
        _follows = true;
        return this;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public JsonWriter Value(string value)
    {
        Separate();
        Quote(value);
        return this;
    }

    public JsonWriter Value(long value) => Raw(value.ToString(CultureInfo.InvariantCulture));

    public JsonWriter Value(bool value) => Raw(value ? "true" : "false");

    /// <summary>Four digits behind the point; JSON has no infinity.</summary>
    public JsonWriter Value(double value) => Raw(double.IsFinite(value) ? FixedPoint.Text(value, 4) : "null");

    public override string ToString() => _text.ToString() + "\n";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private JsonWriter Raw(string value)
    {
        Separate();
        _text.Append(value);
        return this;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Separate()
    {
        if (_follows)
        {
            _follows = false;
            return;
        }

        if (_depth == 0)
            return;
        if (!_isFirst)
            _text.Append(',');
        _isFirst = false;
        NewLine();
    }

    private void NewLine() => _text.Append('\n').Append(' ', 2 * _depth);

    /// <summary>File names may hold any byte; what is not printable ASCII is escaped, so that the output is safe on a terminal too.</summary>
    private void Quote(string value)
    {
        _text.Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\')
                _text.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~')
                _text.Append(c);
            else
                _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        _text.Append('"');
    }
}
