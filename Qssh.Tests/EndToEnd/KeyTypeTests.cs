using Qssh.Crypto.Signatures;
using Qssh.Identity;
using Qssh.Tests.Support;
using Qssh.Wire.Messages.Auth;
using Xunit;

namespace Qssh.Tests.EndToEnd;

/// <summary>Every type of key logs in, as the host's and as the user's.</summary>
[Collection(EndToEndTests.Name)]
public sealed class KeyTypeTests
{
    public static TheoryData<string> Types => [.. SignatureAlgorithm.All.Select(algorithm => algorithm.Name)];

    [BinaryTheory]
    [MemberData(nameof(Types))]
    public void A_host_and_a_user_with_keys_of_the_type_meet(string type)
    {
        using TempHome home = new();
        home.MakeKey("host_t", type);
        home.MakeKey("id_t", type);
        home.Authorize("id_t");
        home.Know("host_t");
        using ServerProcess server = ServerProcess.Launch(home, [.. ServerProcess.Arguments(home).Select(word => word == home["host"] ? home["host_t"] : word)]);
        ProgramRun run = new ClientRun(home, server.Port) { Key = "id_t", Options = ["-v"] }.Run("echo in");
        Assert.True(run.Text == "in\n", run.Errors);
        Assert.Contains($"Server host key: {type} {home.Fingerprint("host_t")}", run.Errors, StringComparison.Ordinal);
        Assert.Contains($"user key: {type} {home.Fingerprint("id_t")}", run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Split('\n'), line => line.Contains("Connection established", StringComparison.Ordinal));
    }

    [BinaryFact]
    public void A_dual_key_logs_in_with_both_of_its_signatures_only()
    {
        using TempHome home = new();
        foreach (string name in (string[])["id_d", "id_e"])
            home.MakeKey(name, "falcon512+slhdsa-shake-128s");
        home.Authorize("id_d");
        using PrivateKey key = PrivateKeyFile.Load(home["id_d"]), other = PrivateKeyFile.Load(home["id_e"]);
        using ServerProcess server = ServerProcess.Start(home);
        // The signature of Falcon is first, after its length; the other's length and signature follow.
        const int Second = 2 + 666;
        Assert.Equal(AuthStatus.Failure, Try(server, key, (own, foreign) => foreign.AsSpan(0, Second).CopyTo(own)));
        Assert.Equal(AuthStatus.Failure, Try(server, key, (own, foreign) => foreign.AsSpan(Second).CopyTo(own.AsSpan(Second))));
        Assert.Equal(AuthStatus.Success, Try(server, key, (_, _) => { }));

        AuthStatus Try(ServerProcess process, PrivateKey signer, Action<byte[], byte[]> change)
        {
            using ScriptedClient client = ScriptedClient.ConnectToLogin(process.Port);
            byte[] claim = client.UserAuth(Environment.UserName, signer.Key, change: (message, own) =>
            {
                byte[] foreign = new byte[own.Length];
                other.Key.Sign(message, foreign);
                change(own, foreign);
            });
            client.SendUserAuth(claim);
            return client.ReceiveAuthStatus();
        }
    }

    [BinaryFact]
    public void A_server_without_host_keys_makes_three_at_once_and_offers_all()
    {
        using TempHome home = new();
        // HOME of another account does not count: where the server runs as root, its keys would be in /etc.
        Directory.CreateDirectory(home["keys"]);
        string[] names = [.. Qssh.Server.HostKeys.DefaultPaths(isRoot: false, home.Path).Select(Path.GetFileName)!];
        Assert.Equal(["host_falcon512", "host_mldsa65", "host_slhdsa-shake-128s"], names);
        string[] options = [.. names.SelectMany(name => (string[])["-h", Path.Combine(home["keys"], name)])];
        string[] command = ServerProcess.Arguments(home, options);
        int own = Array.IndexOf(command, "-h");
        using ServerProcess server = ServerProcess.Launch(home, [.. command[..own], .. command[(own + 2)..]]);
        foreach (string name in names)
        {
            home.Know(Path.Combine("keys", name));
            ProgramRun run = new ClientRun(home, server.Port) { Options = ["-v"] }.Run("true");
            Assert.True(run.ExitCode == 0, run.Errors);
            Assert.Contains($"Server host key: {name["host_".Length..]} ", run.Errors, StringComparison.Ordinal);
            Assert.Single(run.Errors.Split('\n'), line => line.Contains("Connection established", StringComparison.Ordinal));
        }
    }
}
