using System.Text;
using Qssh.Crypto.Signatures;
using Qssh.Identity;
using Qssh.Tests.Support;

namespace Qssh.Tests.Hostile;

/// <summary>Everything is logged that can be, and nothing of it is a key, typed, or output of a program.</summary>
[Collection(HostileTests.Name)]
public sealed class SecretScanTests
{
    private const string Typed = "typed-Wk7Qz2", Output = "output-Jx94Lm", Errors = "errors-Pb3Rt8", Variable = "variable-Hn5Vc1", Command = "command-Ys6Gd0";

    [BinaryFact]
    public void No_planted_secret_is_in_any_log()
    {
        using HostileServer server = new("LogLevel=DEBUG3", "LogAddresses=full", "AcceptEnv=PLANTED");
        string log = server.Home["client.log"];
        ClientRun client = new(server.Home, server.Port) { Options = ["-vvv", "-E", log, "-o", "SetEnv=PLANTED=" + Variable, "-o", "RekeyLimit=64K"] };
        ProgramRun run = client.Send(
            Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Typed + "\n", 20_000))),
            $"cat; echo $PLANTED; echo {Output[..6]}''{Output[6..]}; echo {Errors[..6]}''{Errors[6..]} >&2; : {Command}");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(Typed, run.Text, StringComparison.Ordinal);
        Assert.Contains(Variable, run.Text, StringComparison.Ordinal);
        Assert.Contains(Output, run.Text, StringComparison.Ordinal);
        Assert.Contains(Errors, run.Errors, StringComparison.Ordinal);

        // Logins that fail, and peers that break the protocol, are logged with more words.
        using (SigningKey stranger = server.Key.Algorithm.GenerateKey())
        using (ScriptedClient failed = server.ConnectToLogin())
        {
            failed.SendUserAuth(failed.UserAuth(server.User, stranger, first: Encoding.ASCII.GetBytes(Typed)));
            failed.ReceiveAuthStatus();
            failed.SendSession(Encoding.ASCII.GetBytes(Typed));
            failed.ReadToEnd();
        }

        using (ScriptedPeer noise = ScriptedPeer.Connect(server.Port))
        {
            noise.SendRaw(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Typed, 80))));
            noise.ReadToEnd();
        }

        string logs = File.ReadAllText(log) + server.Log;
        Assert.Contains("accepted publickey", logs, StringComparison.Ordinal);
        foreach (string planted in (string[])[Typed, Output, Errors, Variable, Command])
            Assert.DoesNotContain(planted, logs, StringComparison.Ordinal);
        AssertNothingOf(server.Key.PrivateForm, logs, "the user's key");
        using PrivateKey host = PrivateKeyFile.Load(server.Home["host"]);
        AssertNothingOf(host.Key.PrivateForm, logs, "the host's key");
        FalseServer.AssertPrintable(logs, "logs");
    }

    /// <summary>Eight bytes of it in a row, in any of the usual spellings.</summary>
    private static void AssertNothingOf(ReadOnlySpan<byte> secret, string logs, string what)
    {
        for (int i = 0; i + 9 <= secret.Length; i++)
        {
            ReadOnlySpan<byte> part = secret.Slice(i, 9);
            Assert.False(logs.Contains(Convert.ToHexString(part), StringComparison.OrdinalIgnoreCase), what);
            Assert.False(logs.Contains(Convert.ToBase64String(part), StringComparison.Ordinal), what);
        }
    }
}
