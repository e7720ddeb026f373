using Qssh.Errors;
using Qssh.Platform;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Tests.Hostile;

/// <summary>
/// Well-sealed messages with changes at random, from fixed seeds: the running executables answer, refuse or end with an alert, and nothing else.
/// </summary>
[Collection(HostileTests.Name)]
public sealed class MutationTests(HostileRange range, FalseServer server) : IClassFixture<FalseServer>, IDisposable
{
    public void Dispose() => range.AssertAtRest();

    [BinaryFact]
    public void Changed_session_messages_never_confuse_the_server()
    {
        Random random = new(3);
        int ended = 0;
        for (int round = 0; round < 120; round++)
        {
            using ScriptedClient client = range.Server.LogIn();
            client.SendSession([.. ClientMessages().Select(message => Change(random, message, 5))]);
            client.Send(FrameKind.Alert, [(byte)AlertCode.Close]);
            client.EndSend();
            while (client.ReceiveMessage() is not null)
            {
            }

            Assert.Contains(client.LastAlert, (AlertCode?[])[null, AlertCode.Close, AlertCode.ProtocolError]);
            ended += client.LastAlert == AlertCode.ProtocolError ? 1 : 0;
        }

        Assert.InRange(ended, 40, 120);
        range.Server.AssertServes();
    }

    [BinaryFact]
    public void Changed_claims_never_let_anybody_in()
    {
        Random random = new(4);
        for (int round = 0; round < 60; round++)
        {
            using ScriptedClient client = range.Server.ConnectToLogin();
            byte[] good = client.UserAuth(range.Server.User, range.Server.Key);
            byte[] claim = Change(random, good, 1);
            if (claim.AsSpan().SequenceEqual(good))
                continue;
            client.SendUserAuth(claim);
            client.Send(FrameKind.Alert, [(byte)AlertCode.Close]);
            client.EndSend();
            Ending ending = client.ReadToEnd();
            Assert.True(ending.Records.Count == 0 || ending.IsAlert(AlertCode.ProtocolError) || ending.Records[0].Payload[3] == 1, $"round {round}: {ending}");
        }
    }

    [BinaryFact]
    public void Changed_flights_never_take_the_client_to_a_login()
    {
        Random random = new(5);
        for (int round = 0; round < 40; round++)
        {
            ProgramRun run = server.Run([], peer =>
            {
                peer.ReceiveHello();
                peer.SendServerHello();
                byte[][] flight = peer.Flight(server.Key.Key.PublicKey, server.Key.Key);
                int which = random.Next(4);
                byte[] changed = flight[which];
                while (changed.AsSpan().SequenceEqual(flight[which]))
                    changed = Change(random, flight[which], 1);
                flight[which] = changed;
                peer.SendFlight(flight);
                peer.EndSend();
                Ending ending = peer.ReadToEnd();
                Assert.True(ending.Records.Count == 0 || ending.Alert is AlertCode.ProtocolError or AlertCode.HandshakeFailed or AlertCode.Policy, $"round {round}: {ending}");
            });
            Assert.Equal(255, run.ExitCode);
            Assert.Empty(run.Output);
            FalseServer.AssertPrintable(run.Errors, $"round {round}");
        }
    }

    [BinaryFact]
    public void Changed_session_messages_never_confuse_the_client()
    {
        Random random = new(6);
        for (int round = 0; round < 60; round++)
        {
            ProgramRun run = server.Run(["-v"], peer =>
            {
                peer.LogIn(server.Key.Key);
                peer.SendSession([.. ServerMessages().Select(message => Change(random, message, 5))]);
                peer.Send(FrameKind.Alert, [(byte)AlertCode.Close]);
                peer.EndSend();
                while (peer.ReceiveMessage() is not null)
                {
                }

                Assert.Contains(peer.LastAlert, (AlertCode?[])[null, AlertCode.Close, AlertCode.ProtocolError]);
            });
            FalseServer.AssertPrintable(run.Errors, $"round {round}");
            Assert.True(run.Time < TimeSpan.FromSeconds(5), $"round {round}");
        }
    }

    [BinaryFact]
    public void Output_to_a_terminal_that_changes_everything_leaves_it_as_it_was()
    {
        using PseudoTerminal terminal = PseudoTerminal.Open();
        string before = ProgramRun.Of("/bin/sh", ["-c", $"stty -g < {terminal.Name}"]).Text;
        Random random = new(7);
        for (int round = 0; round < 6; round++)
        {
            ProgramRun run = server.RunOn(terminal, peer =>
            {
                peer.LogIn(server.Key.Key);
                peer.SendSession([.. ServerMessages().Select(message => Change(random, message, 4))]);
                peer.EndSend();
                while (peer.ReceiveMessage() is not null)
                {
                }
            });
            Assert.Equal(before, ProgramRun.Of("/bin/sh", ["-c", $"stty -g < {terminal.Name}"]).Text);
            FalseServer.AssertPrintable(run.Errors.Replace("\r\n", "\n", StringComparison.Ordinal), $"round {round}");
        }
    }

    /// <summary>One time in <paramref name="rarity"/>: bytes changed, cut off, added or doubled, the length made true or left false.</summary>
    private static byte[] Change(Random random, byte[] message, int rarity)
    {
        if (random.Next(rarity) != 0)
            return message;
        List<byte> changed = [.. message];
        int at = random.Next(changed.Count);
        switch (random.Next(5))
        {
            case 0:
                changed[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                changed[at] = (byte)random.Next(256);
                break;
            case 2:
                changed.RemoveRange(at, random.Next(1, changed.Count - at + 1));
                break;
            case 3:
                changed.InsertRange(at, new byte[random.Next(1, 300)]);
                break;
            default:
                changed.AddRange(message);
                break;
        }

        if (changed.Count >= 3 && random.Next(4) != 0)
            (changed[1], changed[2]) = ((byte)((changed.Count - 3) >> 8), (byte)(changed.Count - 3));
        return [.. changed];
    }

    /// <summary>No command among them that a change could make harmful: what runs is a shell without input.</summary>
    private static byte[][] ClientMessages() =>
    [
        new ChannelOpen { Channel = 0, Kind = ChannelKind.Session, Window = 1 << 20, Specifics = default }.ToArray(),
        new EnvRequest { Channel = 0, Name = "LANG"u8, Value = "C.UTF-8"u8 }.ToArray(),
        new PtyRequest { Channel = 0, Reply = true, Term = "xterm"u8, Columns = 80, Rows = 24, Width = 0, Height = 0, Modes = [1, 0, 0, 0, 3, 53, 0, 0, 0, 1, 0] }.ToArray(),
        new WindowChange { Channel = 0, Columns = 100, Rows = 30, Width = 1, Height = 1 }.ToArray(),
        new SubsystemRequest { Channel = 0, Reply = true, Name = "none"u8 }.ToArray(),
        new ShellRequest { Channel = 0, Reply = true }.ToArray(),
        new SignalRequest { Channel = 0, Name = "WINCH"u8 }.ToArray(),
        new ChannelWindow { Channel = 0, Add = 1000 }.ToArray(),
        new Ping { Id = 5 }.ToArray(),
        new ChannelOpen { Channel = 2, Kind = ChannelKind.Session, Window = 1 << 20, Specifics = default }.ToArray(),
        new ChannelEof { Channel = 2 }.ToArray(),
        new ChannelClose { Channel = 2 }.ToArray(),
        new ChannelEof { Channel = 0 }.ToArray(),
        new ChannelClose { Channel = 0 }.ToArray(),
    ];

    /// <summary>None for standard error, where the client's own words are looked at.</summary>
    private static byte[][] ServerMessages() =>
    [
        new ChannelAccept { Channel = 0, Window = 1 << 20 }.ToArray(),
        new RequestReply { Channel = 0, Request = ExecRequest.MessageType, Ok = true }.ToArray(),
        new ChannelData { Channel = 0, Data = "some output\n"u8 }.ToArray(),
        new ChannelWindow { Channel = 0, Add = 1000 }.ToArray(),
        new Ping { Id = 5 }.ToArray(),
        new ChannelOpen { Channel = 1, Kind = ChannelKind.Agent, Window = 10, Specifics = default }.ToArray(),
        new ChannelEof { Channel = 0 }.ToArray(),
        new ExitSignal { Channel = 0, Name = "TERM"u8, Core = false }.ToArray(),
        new ExitStatus { Channel = 0, Status = 4 }.ToArray(),
        new ChannelClose { Channel = 0 }.ToArray(),
    ];
}
