namespace Qssh.Tests.Support;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Qssh.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Qssh.slnx above {AppContext.BaseDirectory}.");
    }
}
