using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Qssh.Json;

/// <summary>Recursive descent over the grammar of RFC 8259; each method leaves the position behind what it took, or sets the fault.</summary>
internal ref struct JsonParser(ReadOnlySpan<byte> text, List<JsonToken> tokens)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private string? _fault;

    /// <returns>Null, or what is wrong.</returns>
    public string? Run()
    {
        if (_text.Length > JsonLimits.Text)
            return $"more than {JsonLimits.Text >> 20} MiB";
        if (!Utf8.IsValid(_text))
            return "not UTF-8";
        if (Value(0))
        {
            SkipBlanks();
            if (_at < _text.Length)
                Fail("something follows the value");
        }

        return _fault;
    }

    private bool Value(int depth)
    {
        SkipBlanks();
        if (depth > JsonLimits.Depth)
            return Fail($"nested deeper than {JsonLimits.Depth}");
        switch (Peek())
        {
            case '{':
                return Object(depth);
            case '[':
                return Array(depth);
            case '"':
                return String();
            case 't':
                return Word("true"u8, JsonKind.True);
            case 'f':
                return Word("false"u8, JsonKind.False);
            case 'n':
                return Word("null"u8, JsonKind.Null);
            case '-' or (>= '0' and <= '9'):
                return Number();
            default:
                return Fail(_at == _text.Length ? "ends too early" : "a value was expected");
        }
    }

    private bool Object(int depth)
    {
        int first = tokens.Count;
        if (!Begin(JsonKind.Object))
            return false;
        for (int count = 0; ; count++)
        {
            SkipBlanks();
            if (Peek() == '}' && count == 0)
                break;
            int name = tokens.Count;
            if (count == JsonLimits.Members)
                return Fail($"more than {JsonLimits.Members} names in an object");
            if (Peek() != '"')
                return Fail("a name was expected");
            if (!String() || !IsNew(first + 1, name))
                return false;
            SkipBlanks();
            if (!Take(':') || !Value(depth + 1))
                return _fault is null && Fail("':' was expected");
            SkipBlanks();
            if (Peek() == '}')
                break;
            if (!Take(','))
                return Fail("',' or '}' was expected");
        }

        return End(first);
    }

    private bool Array(int depth)
    {
        int first = tokens.Count;
        if (!Begin(JsonKind.Array))
            return false;
        SkipBlanks();
        if (Peek() == ']')
            return End(first);
        while (true)
        {
            if (!Value(depth + 1))
                return false;
            SkipBlanks();
            if (Peek() == ']')
                return End(first);
            if (!Take(','))
                return Fail("',' or ']' was expected");
        }
    }

    /// <summary>Two values of one name would leave open which of them counts.</summary>
    private bool IsNew(int first, int name)
    {
        Span<JsonToken> all = CollectionsMarshal.AsSpan(tokens);
        ReadOnlySpan<byte> own = _text[all[name].Start..all[name].End];
        if (all[name].IsEscaped)
            return Fail("a name with a backslash");
        for (int i = first; i < name; i = all[i + 1].Next)
        {
            if (_text[all[i].Start..all[i].End].SequenceEqual(own))
                return Fail("a name stands twice in an object");
        }

        return true;
    }

    private bool String()
    {
        int start = ++_at;
        bool escaped = false;
        while (true)
        {
            int length = _text[_at..].IndexOfAny((byte)'"', (byte)'\\');
            if (length < 0)
                return Fail("a string without an end");
            if (_text.Slice(_at, length).IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0)
                return Fail("a control character in a string");
            _at += length;
            if (_at - start > JsonLimits.String)
                return Fail($"a string of more than {JsonLimits.String >> 20} MiB");
            if (_text[_at] == '"')
                break;
            escaped = true;
            if (!Escape())
                return Fail("a backslash without meaning");
        }

        _at++;
        return Add(new JsonToken { Kind = JsonKind.Text, Start = start, End = _at - 1, IsEscaped = escaped });
    }

    /// <summary>Surrogates are looked at when the string is decoded.</summary>
    private bool Escape()
    {
        _at++;
        if (!Take('u'))
            return "\"\\/bfnrt"u8.Contains((byte)Peek()) && ++_at > 0;
        for (int i = 0; i < 4; i++, _at++)
        {
            if (!char.IsAsciiHexDigit(Peek()))
                return false;
        }

        return true;
    }

    private bool Number()
    {
        int start = _at;
        _ = Take('-');
        if (!Take('0') && !Digits())
            return Fail("a number without digits");
        if (Take('.') && !Digits())
            return Fail("a fraction without digits");
        if (Take('e') || Take('E'))
        {
            _ = Take('+') || Take('-');
            if (!Digits())
                return Fail("an exponent without digits");
        }

        return Add(new JsonToken { Kind = JsonKind.Number, Start = start, End = _at });
    }

    private bool Digits()
    {
        int start = _at;
        while (Peek() is >= '0' and <= '9')
            _at++;
        return _at > start;
    }

    private bool Word(ReadOnlySpan<byte> word, JsonKind kind)
    {
        if (!_text[_at..].StartsWith(word))
            return Fail("a value was expected");
        _at += word.Length;
        return Add(new JsonToken { Kind = kind, Start = _at - word.Length, End = _at });
    }

    private bool Begin(JsonKind kind) => Add(new JsonToken { Kind = kind, Start = _at, End = ++_at });

    private bool End(int first)
    {
        _at++;
        CollectionsMarshal.AsSpan(tokens)[first].Next = tokens.Count;
        return true;
    }

    private bool Add(JsonToken token)
    {
        if (tokens.Count == JsonLimits.Values)
            return Fail($"more than {JsonLimits.Values} values");
        token.Next = tokens.Count + 1;
        tokens.Add(token);
        return true;
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\n' or '\r' or '\t')
            _at++;
    }

    private bool Take(char expected)
    {
        if (Peek() != expected)
            return false;
        _at++;
        return true;
    }

    /// <summary>0 at the end: no byte of the grammar.</summary>
    private readonly char Peek() => _at < _text.Length ? (char)_text[_at] : (char)0;

    private bool Fail(string reason)
    {
        int at = Math.Min(_at, _text.Length);
        _fault = $"{reason} (line {_text[..at].Count((byte)'\n') + 1}, byte {at})";
        return false;
    }
}
