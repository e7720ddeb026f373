using System.Runtime.InteropServices;

namespace Qssh.Json;

/// <summary>A parsed JSON text: its bytes and a flat list of tokens. Nothing is decoded before it is asked for.</summary>
internal sealed class JsonTree
{
    private readonly byte[] _text;
    private readonly List<JsonToken> _tokens;

    private JsonTree(byte[] text, List<JsonToken> tokens)
    {
        _text = text;
        _tokens = tokens;
    }

    public JsonNode Root => new(this, 0);

    /// <summary>Takes RFC 8259 and nothing beside it: UTF-8 without a mark, each name once, one value, within <see cref="JsonLimits"/>.</summary>
    /// <param name="text">Kept, not copied.</param>
    /// <param name="fault">On failure: what is wrong, and where.</param>
    public static JsonTree? Parse(byte[] text, out string? fault)
    {
        List<JsonToken> tokens = [];
        JsonParser parser = new(text, tokens);
        fault = parser.Run();
        return fault is null ? new JsonTree(text, tokens) : null;
    }

    internal ref readonly JsonToken Token(int index) => ref CollectionsMarshal.AsSpan(_tokens)[index];

    internal ReadOnlySpan<byte> Bytes(in JsonToken token) => _text.AsSpan(token.Start, token.End - token.Start);
}
