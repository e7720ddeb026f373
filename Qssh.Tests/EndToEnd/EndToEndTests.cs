using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>Real processes and their clocks: one test at a time, and nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EndToEndTests : ICollectionFixture<SharedServer>
{
    public const string Name = "end to end";
}

/// <summary>One server for all tests that need nothing special of it.</summary>
public sealed class SharedServer : IDisposable
{
    private readonly Lazy<(TempHome Home, ServerProcess Server)> _running = new(() =>
    {
        TempHome home = new();
        return (home, ServerProcess.Start(home));
    });

    internal TempHome Home => _running.Value.Home;

    internal ServerProcess Process => _running.Value.Server;

    internal ClientRun Client(params string[] options) => new(Home, Process.Port) { Options = options };

    public void Dispose()
    {
        if (!_running.IsValueCreated)
            return;
        Process.Dispose();
        Home.Dispose();
    }
}
