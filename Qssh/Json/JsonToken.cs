namespace Qssh.Json;

/// <summary>One value or name of a text: where its bytes are and which token follows it and all that is in it.</summary>
internal struct JsonToken
{
    public int Start;

    public int End;

    public int Next;

    public JsonKind Kind;

    /// <summary>A string with a backslash in it.</summary>
    public bool IsEscaped;
}
