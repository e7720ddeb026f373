namespace Qssh.Platform;

/// <summary>Our own environment, for the programs that are started.</summary>
internal static class ProcessEnvironment
{
    public static List<string> Own()
    {
        List<string> environment = [];
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            environment.Add($"{entry.Key}={entry.Value}");
        return environment;
    }
}
