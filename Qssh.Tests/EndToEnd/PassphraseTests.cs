using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>Logins with a key behind a passphrase: asked for at the terminal, through SSH_ASKPASS, or not at all.</summary>
[Collection(EndToEndTests.Name)]
public sealed class PassphraseTests(SharedServer server)
{
    [BinaryFact(needs: "tmux")]
    public void It_is_asked_for_at_the_terminal_until_it_is_right()
    {
        string key = Protected();
        using TmuxSession terminal = new(server.Home, Client(key).Arguments("echo in-$((40+2))"));
        terminal.WaitFor($"Enter passphrase for key '{key}':");
        terminal.Type("wrong", "Enter");
        Wait.Until(() => terminal.Text.Split("Enter passphrase").Length == 3, "it is asked again");
        terminal.Type("se cret", "Enter");
        terminal.WaitFor("in-42");
        terminal.WaitFor("status 0");
        Assert.DoesNotContain("cret", terminal.Text.Replace("Enter passphrase", ""), StringComparison.Ordinal);
    }

    [BinaryFact(needs: "tmux")]
    public void Three_wrong_ones_are_enough()
    {
        using TmuxSession terminal = new(server.Home, Client(Protected()).Arguments("true"));
        for (int i = 0; i < 3; i++)
        {
            Wait.Until(() => terminal.Text.Split("Enter passphrase").Length == i + 2, "it is asked");
            terminal.Type("wrong", "Enter");
        }

        terminal.WaitFor("wrong passphrase for key");
        terminal.WaitFor("status 255");
    }

    [BinaryFact]
    public void Nothing_is_asked_in_batch_mode()
    {
        ProgramRun run = Client(Protected(), "-o", "BatchMode=yes").Run("true");
        Assert.Equal(255, run.ExitCode);
        Assert.Contains("nothing is asked in batch mode", run.Errors, StringComparison.Ordinal);
    }

    [BinaryFact(needs: "setsid")]
    public void A_program_answers_where_the_environment_names_one()
    {
        string key = Protected(), program = server.Home["askpass"];
        File.WriteAllText(program, $"#!/bin/sh\necho \"$1\" >> {server.Home["asked"]}\necho 'se cret'\n");
        File.SetUnixFileMode(program, (UnixFileMode)0x1C0);
        foreach ((string require, string display, int status) in new[] { ("force", "", 0), ("prefer", ":0", 0), ("", ":0", 0), ("never", ":0", 255), ("prefer", "", 255) })
        {
            ProgramRun run = ProgramRun.Of("setsid", ["-w", StaticBinary.Path, .. Client(key).Arguments("true")], prepare: start =>
            {
                start.Environment["SSH_ASKPASS"] = program;
                start.Environment["SSH_ASKPASS_REQUIRE"] = require;
                start.Environment["DISPLAY"] = display;
                start.Environment.Remove("WAYLAND_DISPLAY");
            });
            Assert.True(status == run.ExitCode, $"{require} {display}: {run.ExitCode} {run.Errors}");
        }

        Assert.Equal(string.Concat(Enumerable.Repeat($"Enter passphrase for key '{key}': \n", 3)), File.ReadAllText(server.Home["asked"]));
    }

    /// <summary>The type that keygen makes where none is named.</summary>
    [BinaryFact(needs: "setsid")]
    public void A_falcon_key_opens_and_logs_in()
    {
        using TempHome home = new();
        home.MakeKey("id_f", "falcon512");
        home.Authorize("id_f");
        Protect(home["id_f"]);
        using ServerProcess own = ServerProcess.Start(home);
        string program = home["askpass"];
        File.WriteAllText(program, "#!/bin/sh\necho 'se cret'\n");
        File.SetUnixFileMode(program, (UnixFileMode)0x1C0);
        ProgramRun run = ProgramRun.Of("setsid", ["-w", StaticBinary.Path, .. new ClientRun(home, own.Port) { Key = "id_f" }.Arguments("echo in")], prepare: start =>
        {
            start.Environment["SSH_ASKPASS"] = program;
            start.Environment["SSH_ASKPASS_REQUIRE"] = "force";
        });
        Assert.True(run.Text == "in\n", run.Errors);
    }

    [BinaryFact]
    public void A_server_does_not_start_with_a_host_key_that_it_cannot_open()
    {
        ProgramRun run = ProgramRun.Of(StaticBinary.Path, ["server", "-t", "-f", "none", "-h", Protected()]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("protected by a passphrase, which cannot be asked for here", run.Errors, StringComparison.Ordinal);
    }

    private ClientRun Client(string key, params string[] options) =>
        new(server.Home, server.Process.Port) { Key = Path.GetFileName(key), Options = options };

    /// <summary>The user's key under a passphrase, in a file of its own.</summary>
    private string Protected()
    {
        string path = server.Home["id_" + Guid.NewGuid().ToString("N")[..8]];
        File.Copy(server.Home["id"], path);
        Protect(path);
        return path;
    }

    private static void Protect(string path)
    {
        ProgramRun run = ProgramRun.Of(StaticBinary.Path, ["keygen", "-q", "-p", "-a", "1", "-N", "se cret", "-f", path]);
        Assert.True(run.ExitCode == 0, run.Errors);
    }
}
