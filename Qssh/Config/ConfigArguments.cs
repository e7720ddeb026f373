using System.Globalization;

namespace Qssh.Config;

/// <summary>The arguments of one line, with one strict reader per kind of value.</summary>
internal sealed class ConfigArguments(string rest)
{
    private List<string>? _words;

    /// <summary>As written, quotes and comment signs included: for commands.</summary>
    public string Rest { get; } = rest;

    public List<string> Words => _words ??= ConfigWords.Split(Rest);

    /// <summary>Exactly one word, which may be empty only when quoted.</summary>
    public string Word()
    {
        List<string> words = Many();
        if (words.Count > 1)
            throw new ConfigValueException($"extra arguments at end of line: \"{words[1]}\".");
        return words[0];
    }

    /// <summary>One word that is not empty.</summary>
    public string Name()
    {
        string word = Word();
        return word.Length > 0 ? word : throw Missing();
    }

    public List<string> Many() => Words.Count > 0 ? Words : throw Missing();

    /// <summary>The whole rest of the line, not empty.</summary>
    public string Command() => Rest.Length > 0 ? Rest : throw Missing();

    /// <summary>yes or no (true and false too), in any case. Anything else is an error, never a "no".</summary>
    public bool Flag() => Choice("yes=1 no=0 true=1 false=0") != 0;

    /// <param name="names">As <see cref="NamedValues"/> has them.</param>
    public int Choice(string names)
    {
        string word = Name();
        int value = NamedValues.Find(names, word);
        return value >= 0 ? value : throw new ConfigValueException($"unsupported option \"{word}\".");
    }

    /// <summary>Decimal digits only: no sign, no blanks, no base prefix.</summary>
    public int Number(int minimum, int maximum) => Number(Name(), minimum, maximum);

    public static int Number(string word, int minimum, int maximum)
    {
        if (word.Length is 0 or > 10 || !long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            throw new ConfigValueException($"bad number \"{word}\".");
        if (value < minimum || value > maximum)
            throw new ConfigValueException($"number {word} is outside {minimum} to {maximum}.");
        return (int)value;
    }

    public TimeSpan Time() => ConfigUnits.Time(Name());

    /// <summary>"none" is null.</summary>
    public TimeSpan? TimeOrNone()
    {
        string word = Name();
        return word.Equals("none", StringComparison.OrdinalIgnoreCase) ? null : ConfigUnits.Time(word);
    }

    /// <summary>Comma list in one word, as <c>a,b,c</c>.</summary>
    public string[] Commas() => Name().Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static ConfigValueException Missing() => new("missing argument.");
}
