using System.Diagnostics;
using Qssh.Crypto.Signatures;
using Qssh.Tests.Support;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Tests.Hostile;

/// <summary>What a user may put in the place of the own authorized_keys must not hold up the server for others.</summary>
[Collection(HostileTests.Name)]
public sealed class LocalUserTests
{
    [BinaryFact]
    public void Files_made_to_hold_the_server_up_are_given_up_soon()
    {
        using HostileServer server = new();
        server.AssertServes();
        int descriptors = server.Descriptors;
        string file = server.Home["authorized_keys"];
        (string Name, Action Make)[] cases =
        [
            ("empty lines", () => Fill(file, "\n")),
            ("words", () => Fill(file, "x\n")),
            ("keys that are none", () => Fill(file, "mldsa65 AAAA\n")),
            ("one line", () => Fill(file, "a=\"b\",")),
            ("a hole of a terabyte", () => { using FileStream stream = File.OpenWrite(file); stream.SetLength(1L << 40); }),
            ("a pipe", () => Assert.Equal(0, Process("mkfifo", file))),
            ("a device", () => File.CreateSymbolicLink(file, "/dev/zero")),
            ("a link to itself", () => File.CreateSymbolicLink(file, file)),
            ("a directory", () => Directory.CreateDirectory(file)),
        ];
        using SigningKey stranger = server.Key.Algorithm.GenerateKey();
        int log = server.Log.Length;
        foreach ((string name, Action make) in cases)
        {
            File.Delete(file);
            make();
            using ScriptedClient client = server.ConnectToLogin();
            long start = Stopwatch.GetTimestamp();
            client.SendUserAuth(client.UserAuth(server.User, stranger));
            Assert.Equal(AuthStatus.Failure, client.ReceiveAuthStatus());
            Assert.True(Stopwatch.GetElapsedTime(start).TotalMilliseconds < 740, $"{name}: {Stopwatch.GetElapsedTime(start)}");
        }

        Directory.Delete(file);
        server.Home.Authorize("id");
        server.AssertServes();
        server.AssertAtRest(descriptors);
        Assert.InRange(server.Log.Length - log, 0, 32 * 1024);
    }

    private static void Fill(string file, string line) => File.WriteAllText(file, string.Concat(Enumerable.Repeat(line, (6 << 20) / line.Length)));

    private static int Process(string program, string argument) => ProgramRun.Of(program, [argument]).ExitCode;
}
