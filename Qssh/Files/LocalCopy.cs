namespace Qssh.Files;

/// <summary>Copies that stay on this machine are cp's, as with every scp.</summary>
internal static class LocalCopy
{
    /// <returns>The status of cp.</returns>
    public static ValueTask<int> RunAsync(List<CopyPlace> sources, string target, bool recursive, bool preserve)
    {
        List<string> words = ["cp"];
        if (recursive)
            words.Add("-r");
        if (preserve)
            words.Add("-p");
        words.Add("--");
        words.AddRange(sources.ConvertAll(source => source.Path));
        words.Add(target);
        return LocalProgram.RunAsync(words);
    }
}
