using System.Net;
using System.Net.Sockets;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Tests.Support;
using TcpListener = System.Net.Sockets.TcpListener;

namespace Qssh.Tests.Hostile;

/// <summary>A listener whose every connection follows a script, and the static executable as its client.</summary>
public sealed class FalseServer : IDisposable
{
    private TempHome? _home;
    private PrivateKey? _key;

    internal TempHome Home => _home ??= new TempHome();

    /// <summary>The host key that the client knows.</summary>
    internal PrivateKey Key => _key ??= PrivateKeyFile.Load(Home["host"]);

    /// <summary>One run of the client against one script for each connection it makes.</summary>
    internal ProgramRun Run(string[] options, params Action<ScriptedServer>[] scripts) => Run((ServerOffer?)null, options, scripts);

    internal ProgramRun RunWith(byte[] banner, Action<ScriptedServer> script) => Run(socket => new ScriptedServer(socket) { Banner = banner }, [], script);

    internal ProgramRun Run(ServerOffer? offer, string[] options, params Action<ScriptedServer>[] scripts) => Run(socket => new ScriptedServer(socket, offer), options, scripts);

    /// <summary>A shell whose standard input is this terminal.</summary>
    internal ProgramRun RunOn(PseudoTerminal terminal, Action<ScriptedServer> script) => Run(
        socket => new ScriptedServer(socket),
        client => ProgramRun.Of("/bin/sh", ["-c", $"exec \"$0\" \"$@\" < {terminal.Name}", StaticBinary.Path, .. client(["-tt"]).Arguments()]),
        script);

    /// <summary>A client whose output nobody takes.</summary>
    internal ProgramRun RunUnread(Action<ScriptedServer> script) => Run(
        socket => new ScriptedServer(socket),
        client => ProgramRun.Of("/bin/bash", ["-c", "set -o pipefail; \"$0\" \"$@\" | sleep 1.5", StaticBinary.Path, .. client([]).Arguments("true")]),
        script);

    private ProgramRun Run(Func<Socket, ScriptedServer> make, string[] options, params Action<ScriptedServer>[] scripts) =>
        Run(make, client => client(options).Run("true"), scripts);

    private ProgramRun Run(Func<Socket, ScriptedServer> make, Func<Func<string[], ClientRun>, ProgramRun> start, params Action<ScriptedServer>[] scripts)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Exception? fault = null;
        Thread thread = new(() =>
        {
            try
            {
                foreach (Action<ScriptedServer> script in scripts)
                {
                    using ScriptedServer server = make(listener.AcceptSocket());
                    script(server);
                }
            }
            catch (Exception e)
            {
                fault = e;
            }
        })
        { IsBackground = true };
        thread.Start();
        ProgramRun run = start(options => new ClientRun(Home, port) { Options = options });
        bool ended = thread.Join(3000);
        if (fault is not null)
            throw new InvalidOperationException($"{fault.Message}; the client said: {run.Errors}", fault);
        Assert.True(ended, $"the script waits on; the client said: {run.Errors}");
        return run;
    }

    /// <summary>The client fails with one line of printable text, at once, without output.</summary>
    internal static void AssertOneLine(ProgramRun run, string pattern, string step)
    {
        Assert.True(run.ExitCode == 255, $"{step}: exit status {run.ExitCode}: {run.Errors}");
        Assert.Empty(run.Output);
        Assert.True(run.Errors.EndsWith('\n') && run.Errors.AsSpan().Count('\n') == 1, $"{step}: not one line: {run.Errors}");
        AssertPrintable(run.Errors, step);
        Assert.True(System.Text.RegularExpressions.Regex.IsMatch(run.Errors, pattern), $"{step}: {run.Errors}");
        Assert.True(run.Time < TimeSpan.FromSeconds(5), $"{step}: took {run.Time}");
    }

    internal static void AssertPrintable(string text, string step)
    {
        foreach (char c in text)
            Assert.True(c is '\n' or >= ' ' and not '\x7f' and (< '\x80' or > '\x9f'), $"{step}: control character {(int)c:x} in: {text}");
    }

    public void Dispose()
    {
        _key?.Dispose();
        _home?.Dispose();
    }
}
