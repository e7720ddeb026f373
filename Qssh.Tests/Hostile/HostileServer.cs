using System.Diagnostics;
using System.Globalization;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Platform.Native;
using Qssh.Record;
using Qssh.Tests.Support;

namespace Qssh.Tests.Hostile;

/// <summary>The static executable as a server under attack, and what the kernel says of its process.</summary>
internal sealed class HostileServer : IDisposable
{
    private readonly ServerProcess _process;
    private readonly PrivateKey _key;

    public HostileServer(params string[] options)
        : this(null, options)
    {
    }

    /// <param name="descriptors">Limit of open files, or null.</param>
    public HostileServer(int? descriptors, params string[] options)
    {
        Home = new TempHome();
        _key = PrivateKeyFile.Load(Home["id"]);
        // All attackers come from one address here: what is tested is not the limits of a source, unless the options say so.
        string[] all = [.. options.SelectMany(option => (string[])["-o", option]), "-o", "PerSourceStartRate=1000000:1000000"];
        _process = descriptors is null
            ? ServerProcess.Start(Home, all)
            : ServerProcess.StartThrough(Home, ["/bin/sh", "-c", $"ulimit -n {descriptors}; exec \"$0\" \"$@\""], all);
    }

    public TempHome Home { get; }

    public int Port => _process.Port;

    /// <summary>The one that is authorized for <see cref="User"/>.</summary>
    public SigningKey Key => _key.Key;

    public string User { get; } = Environment.UserName;

    public int Id => _process.Id;

    public string Log => _process.Log;

    /// <summary>Resident memory in bytes.</summary>
    public long Memory => Status("VmRSS:") * 1024;

    public int Descriptors => ProcessFacts.Descriptors(Id);

    /// <summary>Zombies included.</summary>
    public int Children => ProcessFacts.Descendants(Id).Count;

    /// <summary>Time on the processor so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            using Process process = Process.GetProcessById(Id);
            return process.TotalProcessorTime;
        }
    }

    public static void WaitFor(Func<bool> condition, string what, int milliseconds = 5000)
    {
        long start = Environment.TickCount64;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 - start < milliseconds, $"not within {milliseconds} ms: {what}");
            Thread.Sleep(5);
        }
    }

    public ScriptedClient Connect(ClientOffer? offer = null) => ScriptedClient.Connect(Port, offer);

    public ScriptedClient ConnectToFlight() => ScriptedClient.ConnectToFlight(Port);

    public ScriptedClient ConnectToLogin() => ScriptedClient.ConnectToLogin(Port);

    public ScriptedClient LogIn(ClientOffer? offer = null) => ScriptedClient.LogIn(Port, User, Key, offer);

    /// <summary>A well-behaved login and command: how long it took.</summary>
    public TimeSpan AssertServes()
    {
        long start = Stopwatch.GetTimestamp();
        using ScriptedClient client = LogIn();
        Assert.Equal("served\n", client.RunToEnd("echo served"));
        client.Send(FrameKind.Alert, [(byte)AlertCode.Close]);
        client.EndSend();
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Every connection, child and descriptor of the attackers is gone.</summary>
    public void AssertAtRest(int descriptors)
    {
        Assert.True(_process.IsRunning, "the server has ended:\n" + Log);
        WaitFor(() => Children == 0, $"no children are left ({Children})");
        WaitFor(() => Descriptors <= descriptors, $"descriptors are back to {descriptors} from {Descriptors}");
        Assert.DoesNotContain("internal error", Log, StringComparison.Ordinal);
    }

    public void Kill()
    {
        Assert.Equal(0, Libc.Kill(Id, ServerProcess.SigKill));
        Assert.True(_process.WaitForExit());
    }

    public void Dispose()
    {
        _process.Dispose();
        _key.Dispose();
        Home.Dispose();
    }

    private long Status(string field)
    {
        foreach (string line in File.ReadLines($"/proc/{Id}/status"))
        {
            if (line.StartsWith(field, StringComparison.Ordinal))
                return long.Parse(line.AsSpan(field.Length).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture);
        }

        return 0;
    }
}

/// <summary>One server for all tests of the collection: what one of them breaks, the next one sees.</summary>
public sealed class HostileRange : IDisposable
{
    private HostileServer? _server;

    /// <summary>Of the server before any attack.</summary>
    private int _descriptors;

    internal HostileServer Server => _server ??= StartServer();

    public void Dispose() => _server?.Dispose();

    /// <summary>After each test: the server lives, and nothing of the test is left in it.</summary>
    internal void AssertAtRest()
    {
        try
        {
            _server?.AssertAtRest(_descriptors);
        }
        catch
        {
            // One test's fault is not the next one's.
            _server?.Dispose();
            _server = null;
            throw;
        }
    }

    private HostileServer StartServer()
    {
        HostileServer server = new("MaxStartups=200:30:200", "PerSourceMaxConnections=200");
        server.AssertServes();
        Thread.Sleep(100);
        _descriptors = server.Descriptors;
        return server;
    }
}

/// <summary>These tests run one after the other, and nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HostileTests : ICollectionFixture<HostileRange>
{
    public const string Name = "hostile";
}
