namespace Qssh.Identity.FileSignatures;

/// <summary>
/// An allowed-signers file: which key signs for whom. A line that is malformed or longer than the limit allows nothing, and is noted with its
/// place; lines with classical keys are OpenSSH's and passed over.
/// </summary>
/// <param name="note">Takes lines for the user: file, line number and reason.</param>
internal sealed class AllowedSigners(string path, Action<string> note)
{
    private const int MaxNotes = 20;

    private int _notes;

    /// <summary>Whether a line lets the key sign for the principal in the namespace at that time.</summary>
    public bool Allows(PublicKey key, string principal, string space, DateTimeOffset time)
    {
        foreach (AllowedSigner line in Lines())
        {
            if (!PatternList.Matches(line.Principals, principal) || !IsUsable(line, key))
                continue;
            if (line.Options.Namespaces is { } namespaces && !PatternList.Matches(namespaces, space))
                Note($"{line.Place}: key is not permitted for use in signature namespace \"{space}\"");
            else if (line.Options.Refusal(time) is { } refusal)
                Note($"{line.Place}: {refusal}");
            else
                return true;
        }

        return false;
    }

    /// <summary>
    /// The principals of the first line that holds the key at that time. Patterns come as they are written, and match themselves;
    /// negated ones are nobody and are left out.
    /// </summary>
    public List<string> FindPrincipals(PublicKey key, DateTimeOffset time)
    {
        foreach (AllowedSigner line in Lines())
        {
            if (!IsUsable(line, key))
                continue;
            if (line.Options.Refusal(time) is { } refusal)
                Note($"{line.Place}: {refusal}");
            else if (PatternList.Positive(line.Principals) is { Count: > 0 } principals)
                return principals;
        }

        return [];
    }

    /// <summary>The principals of every line whose patterns match one.</summary>
    public List<string> MatchPrincipals(string principal)
    {
        List<string> found = [];
        foreach (AllowedSigner line in Lines())
        {
            if (PatternList.Matches(line.Principals, principal) && line.Key is { } key && IsUsable(line, key))
                found.Add(line.Principals);
        }

        return found;
    }

    private bool IsUsable(AllowedSigner line, PublicKey key)
    {
        if (!key.Equals(line.Key))
            return false;
        if (line.Options.IsAuthority)
            Note($"{line.Place}: cert-authority is not supported, there are no certificates in this version: the line allows nothing");
        return !line.Options.IsAuthority;
    }

    private IEnumerable<AllowedSigner> Lines()
    {
        int number = 0;
        foreach (string? text in KeyLines.Read(path, "allowed keys file"))
        {
            string place = $"{path}:{++number}";
            AllowedSigner? line = text is null ? AllowedSigner.TooLong : AllowedSigner.Parse(text, place);
            if (line?.Fault is { } fault)
                Note($"{place}: line ignored: {fault}");
            else if (line?.Key is not null)
                yield return line;
        }
    }

    private void Note(string text)
    {
        if (++_notes <= MaxNotes)
            note(_notes < MaxNotes ? text : $"{path}: further lines are not noted");
    }
}
