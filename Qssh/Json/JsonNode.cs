using System.Buffers.Text;
using System.Text;

namespace Qssh.Json;

/// <summary>One value of a <see cref="JsonTree"/>.</summary>
internal readonly struct JsonNode(JsonTree tree, int index)
{
    public JsonKind Kind => tree.Token(index).Kind;

    /// <summary>The member of an object; false where there is none, or no object.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out JsonNode member)
    {
        ref readonly JsonToken own = ref tree.Token(index);
        for (int i = index + 1; own.Kind == JsonKind.Object && i < own.Next; i = tree.Token(i + 1).Next)
        {
            if (!tree.Bytes(tree.Token(i)).SequenceEqual(name))
                continue;
            member = new JsonNode(tree, i + 1);
            return true;
        }

        member = default;
        return false;
    }

    /// <summary>The values of an array; nothing for other kinds.</summary>
    public List<JsonNode> Items()
    {
        List<JsonNode> items = [];
        ref readonly JsonToken own = ref tree.Token(index);
        for (int i = index + 1; own.Kind == JsonKind.Array && i < own.Next; i = tree.Token(i).Next)
            items.Add(new JsonNode(tree, i));
        return items;
    }

    /// <summary>A string; null for other kinds and for a lone surrogate.</summary>
    public string? Text()
    {
        ref readonly JsonToken own = ref tree.Token(index);
        if (own.Kind != JsonKind.Text)
            return null;
        string raw = Encoding.UTF8.GetString(tree.Bytes(own));
        return own.IsEscaped ? Unescape(raw) : raw;
    }

    /// <summary>The bytes between the quotes as they stand; false for other kinds and for strings with a backslash.</summary>
    public bool TryRaw(out ReadOnlySpan<byte> bytes)
    {
        ref readonly JsonToken own = ref tree.Token(index);
        bool plain = own.Kind == JsonKind.Text && !own.IsEscaped;
        bytes = plain ? tree.Bytes(own) : default;
        return plain;
    }

    /// <summary>False for other kinds, fractions, exponents and what does not fit.</summary>
    public bool TryInteger(out int value)
    {
        ref readonly JsonToken own = ref tree.Token(index);
        value = 0;
        return own.Kind == JsonKind.Number && Utf8Parser.TryParse(tree.Bytes(own), out value, out int used) && used == own.End - own.Start;
    }

    public bool TryLong(out long value)
    {
        ref readonly JsonToken own = ref tree.Token(index);
        value = 0;
        return own.Kind == JsonKind.Number && Utf8Parser.TryParse(tree.Bytes(own), out value, out int used) && used == own.End - own.Start;
    }

    private static string? Unescape(string raw)
    {
        StringBuilder text = new(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            char letter = raw[++i];
            text.Append(letter switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)Convert.ToUInt16(raw.Substring(i + 1, 4), 16),
                _ => letter,
            });
            i += letter == 'u' ? 4 : 0;
        }

        string result = text.ToString();
        return HasLoneSurrogate(result) ? null : result;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
                i++;
            else if (char.IsSurrogate(text[i]))
                return true;
        }

        return false;
    }
}
