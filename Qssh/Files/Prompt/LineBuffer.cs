namespace Qssh.Files.Prompt;

/// <summary>A line that is edited: text and a place in it, never inside of a surrogate pair. Knows nothing of terminals.</summary>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public int Length => Text.Length;

    public string TextBefore => Text[..Cursor];

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    /// <summary>One character to the left or to the right.</summary>
    public void Move(int by)
    {
        MoveTo(Cursor + by);
        if (Cursor < Text.Length && char.IsLowSurrogate(Text[Cursor]))
            MoveTo(Cursor + by);
    }

    public void MoveTo(int place) => Cursor = Math.Clamp(place, 0, Text.Length);

    /// <summary>Removes what is between the cursor and another place.</summary>
    public void DeleteTo(int place)
    {
        int start = Math.Min(Cursor, place), end = Math.Min(Math.Max(Cursor, place), Text.Length);
        Text = Text.Remove(start, end - start);
        Cursor = start;
    }

    public void DeleteBefore(int count) => DeleteTo(Math.Max(0, Cursor - count));

    /// <summary>The character before the cursor, or behind it.</summary>
    public void DeleteOne(int by)
    {
        int from = Cursor;
        Move(by);
        DeleteTo(from);
    }

    /// <summary>Back over blanks, then over a word.</summary>
    public void DeleteWord()
    {
        int start = Cursor;
        while (start > 0 && Text[start - 1] == ' ')
            start--;
        while (start > 0 && Text[start - 1] != ' ')
            start--;
        DeleteTo(start);
    }
}
