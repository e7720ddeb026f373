using System.Diagnostics;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Server;
using Qssh.Tests.Support;

namespace Qssh.Tests.Hostile;

/// <summary>Strangers who want nothing but slow host signatures, while somebody logs in.</summary>
[Collection(HostileTests.Name)]
public sealed class SlowSignatureTests : IDisposable
{
    private const int Strangers = 24;

    private static readonly ClientOffer s_slow = ClientOffer.Default with { Suites = SuiteList.Default.WithHostSchemes(SignatureScheme.SlhDsaShake128s)! };

    private readonly Lazy<TempHome> _home = new(() =>
    {
        TempHome home = new();
        home.MakeKey("host_slow", "slhdsa-shake-128s");
        return home;
    });

    private TempHome Home => _home.Value;

    public void Dispose()
    {
        if (_home.IsValueCreated)
            Home.Dispose();
    }

    [BinaryFact]
    public void A_flood_of_them_does_not_hold_up_a_login_and_is_served_one_at_a_time()
    {
        using ServerProcess server = ServerProcess.Start(
            Home, "-o", "HostKey=" + Home["host_slow"], "-o", "MaxStartups=200:30:200", "-o", "PerSourceMaxConnections=200");
        ClientRun client = new(Home, server.Port);
        TimeSpan alone = Login(client);
        List<ScriptedClient> strangers = [];
        try
        {
            for (int i = 0; i < Strangers; i++)
            {
                ScriptedClient stranger = ScriptedClient.Connect(server.Port, s_slow);
                strangers.Add(stranger);
                stranger.SendHello();
                // How long a signature takes is the machine's affair.
                stranger.Socket.ReceiveTimeout = 60_000;
            }

            for (int i = 0; i < 3; i++)
            {
                TimeSpan beside = Login(client);
                Assert.True(beside < alone + TimeSpan.FromSeconds(1), $"a login takes {alone} alone and {beside} beside the flood");
                Assert.InRange(ProcessFacts.Descendants(server.Id).Count, 0, 2);
            }

            int served = strangers.Count(stranger => IsServed(stranger));
            Assert.InRange(served, 1, SlowSignatures.MaxPerSource + 2);
            server.WaitForLog("too many wait for slow signatures");
        }
        finally
        {
            strangers.ForEach(stranger => stranger.Dispose());
        }

        Wait.Until(() => ProcessFacts.Descendants(server.Id).Count == 0, "no signer is left", seconds: 20);
        Assert.DoesNotContain("internal error", server.Log, StringComparison.Ordinal);
    }

    [BinaryFact]
    public void Who_hangs_up_while_waiting_keeps_nobodys_place_and_costs_no_signature()
    {
        using ServerProcess server = ServerProcess.Start(Home, "-o", "HostKey=" + Home["host_slow"]);
        List<ScriptedClient> strangers = [];
        for (int i = 0; i <= SlowSignatures.MaxPerSource; i++)
        {
            ScriptedClient stranger = ScriptedClient.Connect(server.Port, s_slow);
            strangers.Add(stranger);
            stranger.SendHello();
        }

        Wait.Until(() => ProcessFacts.Descendants(server.Id).Count > 0, "one is at work");
        strangers.ForEach(stranger => stranger.Dispose());
        using ScriptedClient patient = ScriptedClient.Connect(server.Port, s_slow);
        patient.SendHello();
        // How long its own turn takes is the machine's affair: it has one.
        server.WaitForLog("nobody waits any more");
        Assert.DoesNotContain("too many wait", server.Log, StringComparison.Ordinal);
    }

    [BinaryFact]
    public void The_role_of_the_signer_is_of_no_use_by_hand()
    {
        foreach (byte[] input in (byte[][])[[], [6], [6, 0, 64], [6, 0, 1, 0], [99, 0, 0], new byte[100_000]])
        {
            ProgramRun run = ProgramRun.Of(StaticBinary.Path, [SignatureChild.Command], input);
            Assert.Equal((1, 0), (run.ExitCode, run.Output.Length));
        }
    }

    private static TimeSpan Login(ClientRun client)
    {
        long start = Stopwatch.GetTimestamp();
        ProgramRun run = client.Run("true");
        Assert.True(run.ExitCode == 0, run.Errors);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>True: the host has proved its slow key. False: refused.</summary>
    private static bool IsServed(ScriptedClient stranger)
    {
        ScriptedClient client = stranger;
        try
        {
            client.ReceiveFlight();
            Assert.Equal(SignatureScheme.SlhDsaShake128s, client.Host!.Scheme);
            return true;
        }
        catch (Exception refused) when (refused is ProtocolException or InvalidOperationException or IOException or Xunit.Sdk.XunitException)
        {
            return false;
        }
    }
}
