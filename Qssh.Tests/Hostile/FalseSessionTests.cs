using System.Diagnostics;
using System.Text;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Record;
using Qssh.Tests.Support;
using Qssh.Transport;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Tests.Hostile;

/// <summary>State OPEN of the running client, logged in to a server that keeps to no rule.</summary>
[Collection(HostileTests.Name)]
public sealed class FalseSessionTests(FalseServer server) : IClassFixture<FalseServer>
{
    private static readonly byte[] s_accept = new ChannelAccept { Channel = 0, Window = 1 << 20 }.ToArray();
    private static readonly byte[] s_started = new RequestReply { Channel = 0, Request = ExecRequest.MessageType, Ok = true }.ToArray();
    private static readonly byte[] s_exit = new ExitStatus { Channel = 0, Status = 3 }.ToArray();
    private static readonly byte[] s_close = new ChannelClose { Channel = 0 }.ToArray();

    [BinaryFact]
    public void Violations_end_the_client_with_one_line_and_tell_the_server_a_code()
    {
        (string Name, AlertCode Code, Action<ScriptedServer> Attack)[] cases =
        [
            ("accept twice", AlertCode.ProtocolError, p => p.SendSession(s_accept, s_accept)),
            ("refusal after accept", AlertCode.ProtocolError, p => p.SendSession(s_accept, [0x42, 0, 5, 0, 0, 0, 0, 1])),
            ("data for a channel that was never opened", AlertCode.ProtocolError, p => p.SendSession(new ChannelData { Channel = 2, Data = new byte[1] }.ToArray())),
            ("data for an own channel that was never opened", AlertCode.ProtocolError, p => p.SendSession(new ChannelData { Channel = 1, Data = new byte[1] }.ToArray())),
            ("exit of another channel", AlertCode.ProtocolError, p => p.SendSession(new ExitStatus { Channel = 8, Status = 0 }.ToArray())),
            ("channel with an id of the client's", AlertCode.ProtocolError, p => p.SendSession(new ChannelOpen { Channel = 2, Kind = ChannelKind.Agent, Window = 1, Specifics = default }.ToArray())),
            ("channel with an id left out", AlertCode.ProtocolError, p => p.SendSession(new ChannelOpen { Channel = 3, Kind = ChannelKind.Agent, Window = 1, Specifics = default }.ToArray())),
            ("second answer", AlertCode.ProtocolError, p => p.SendSession(s_accept, s_started, s_started)),
            ("answer about a terminal that was not asked for", AlertCode.ProtocolError, p => p.SendSession(s_accept, new RequestReply { Channel = 0, Request = PtyRequest.MessageType, Ok = true }.ToArray())),
            ("request of a client", AlertCode.ProtocolError, p => p.SendSession(s_accept, ScriptedClient.Exec("id"))),
            ("terminal request", AlertCode.ProtocolError, p => p.SendSession(s_accept, [0x50, 0, 25, .. new byte[25]])),
            ("unknown type", AlertCode.ProtocolError, p => p.SendSession([0x7E, 0, 4, 0, 0, 0, 0])),
            ("hello", AlertCode.ProtocolError, p => p.Send(FrameKind.Hello, [3, 0, 0])),
            ("handshake", AlertCode.ProtocolError, p => p.Send(FrameKind.Handshake, [0x13, 0, 0])),
            ("second result", AlertCode.ProtocolError, p => p.Send(FrameKind.Auth, ScriptedServer.AuthResultMessage(0, 0))),
            ("empty session frame", AlertCode.ProtocolError, p => p.Send(FrameKind.Session, [])),
            ("fill with content", AlertCode.ProtocolError, p => p.Send(FrameKind.Fill, [1])),
            ("alert of two bytes", AlertCode.ProtocolError, p => p.Send(FrameKind.Alert, [0, 0])),
            ("window beyond 2^31 - 1", AlertCode.ProtocolError, p => p.SendSession(new ChannelAccept { Channel = 0, Window = uint.MaxValue }.ToArray())),
            ("data after end", AlertCode.ProtocolError, p => p.SendSession(s_accept, s_started, new ChannelEof { Channel = 0 }.ToArray(), new ChannelData { Channel = 0, Data = "x"u8 }.ToArray())),
            ("end twice", AlertCode.ProtocolError, p => p.SendSession(s_accept, s_started, new ChannelEof { Channel = 0 }.ToArray(), new ChannelEof { Channel = 0 }.ToArray())),
            ("compressed data that was not asked for", AlertCode.ProtocolError, p => p.SendSession(s_accept, s_started, [0x4B, 0, 9, 0, 0, 0, 0, 0, 0x0A, 0, 0, 0x61])),
            ("compression that was not asked for", AlertCode.ProtocolError, p => p.SendSession(s_accept, [0x4A, 0, 5, 0, 0, 0, 0, 2])),
            ("stream 2", AlertCode.ProtocolError, p => p.SendSession(s_accept, s_started, [0x44, 0, 6, 0, 0, 0, 0, 2, 65])),
            ("exit status cut", AlertCode.ProtocolError, p => p.SendSession(s_accept, s_started, [0x59, 0, 7, 0, 0, 0, 0, 0, 0, 0])),
            ("second exit status cut", AlertCode.ProtocolError, p => p.SendSession(s_accept, s_started, s_exit, [0x59, 0, 7, 0, 0, 0, 0, 0, 0, 0])),
            ("switch without exchange", AlertCode.ProtocolError, p => p.Send(FrameKind.Control, [0x32, 0, 9, 2, 0, 0, 0, 1, 0, 0, 0, 0])),
            ("rekey with a false share", AlertCode.ProtocolError, p => p.Send(FrameKind.Control, [0x30, 0, 9, 0, 0, 0, 1, 1, 0, 1, 0, 0])),
            ("flipped bit", AlertCode.FrameDidNotOpen, p => p.SendRaw(Sealed.Flip(p.Cut(FrameKind.Session, s_accept), 100, 3))),
            ("frame left out", AlertCode.FrameDidNotOpen, p => { p.Cut(FrameKind.Session, s_accept); p.Send(FrameKind.Session, s_started); }),
        ];
        foreach ((string name, AlertCode code, Action<ScriptedServer> attack) in cases)
        {
            ProgramRun run = server.Run([], peer =>
            {
                peer.LogIn(server.Key.Key);
                attack(peer);
                while (peer.ReceiveMessage() is not null)
                {
                }

                Assert.True(peer.LastAlert == code, $"{name}: {peer.LastAlert}");
            });
            Assert.True(run.ExitCode is 255 || name.StartsWith("second exit", StringComparison.Ordinal), $"{name}: {run.ExitCode}");
            Assert.InRange(run.Errors.AsSpan().Count('\n'), 0, 1);
            FalseServer.AssertPrintable(run.Errors, name);
            Assert.True(run.Time < TimeSpan.FromSeconds(5), name);
        }
    }

    [BinaryFact]
    public void Data_beyond_the_window_of_a_client_whose_output_is_not_read_ends_it()
    {
        ProgramRun run = server.RunUnread(peer =>
        {
            peer.LogIn(server.Key.Key);
            peer.SendSession(s_accept);
            byte[] data = new ChannelData { Channel = 0, Data = new byte[32_768] }.ToArray();
            for (int i = 0; i < 64; i++)
                peer.SendSession(data);
            while (peer.ReceiveMessage() is not null)
            {
            }

            Assert.Equal(AlertCode.ProtocolError, peer.LastAlert);
        });
        Assert.Equal(255, run.ExitCode);
        FalseServer.AssertPrintable(run.Errors, "window");
    }

    [BinaryFact]
    public void An_end_without_goodbye_is_truncation_and_what_came_before_it_is_there()
    {
        foreach (bool reset in (bool[])[false, true])
        {
            ProgramRun run = server.Run([], peer =>
            {
                peer.LogIn(server.Key.Key);
                peer.SendSession(s_accept, s_started, new ChannelData { Channel = 0, Data = "half of it"u8 }.ToArray());
                Thread.Sleep(100);
                if (reset)
                {
                    peer.Reset();
                    return;
                }

                peer.EndSend();
                peer.ReadToEnd();
            });
            Assert.Equal((255, "half of it"), (run.ExitCode, run.Text));
            Assert.Equal(1, run.Errors.AsSpan().Count('\n'));
            if (!reset)
                Assert.Contains("missing", run.Errors, StringComparison.Ordinal);
        }
    }

    [BinaryFact]
    public void Sessions_end_by_the_first_status_and_only_by_one()
    {
        (string Name, int Status, byte[][] Messages)[] cases =
        [
            ("status", 3, [s_exit, s_close]),
            ("status twice", 3, [s_exit, new ExitStatus { Channel = 0, Status = 9 }.ToArray(), s_close]),
            ("status of 32 bits", 255, [new ExitStatus { Channel = 0, Status = uint.MaxValue }.ToArray(), s_close]),
            ("signal", 137, [new ExitSignal { Channel = 0, Name = "KILL"u8, Core = false }.ToArray(), s_close]),
            ("signal nobody knows", 255, [new ExitSignal { Channel = 0, Name = "\x1b[2J\n"u8, Core = true }.ToArray(), s_close]),
            ("signal beyond all", 255, [new ExitSignal { Channel = 0, Name = "RT99999999999"u8, Core = false }.ToArray(), s_close]),
            ("signal that would make 0", 255, [new ExitSignal { Channel = 0, Name = "RT-128"u8, Core = false }.ToArray(), s_close]),
            ("signal 0", 255, [new ExitSignal { Channel = 0, Name = "RT0"u8, Core = false }.ToArray(), s_close]),
            ("real-time signal", 163, [new ExitSignal { Channel = 0, Name = "RT35"u8, Core = false }.ToArray(), s_close]),
            ("negative signal", 255, [new ExitSignal { Channel = 0, Name = "RT-200"u8, Core = false }.ToArray(), s_close]),
            ("no status", 255, [s_close]),
            ("refused", 255, []),
        ];
        foreach ((string name, int status, byte[][] messages) in cases)
        {
            ProgramRun run = server.Run(["-v"], peer =>
            {
                peer.LogIn(server.Key.Key);
                peer.SendSession(messages.Length == 0 ? [[0x42, 0, 5, 0, 0, 0, 0, 1]] : [s_accept, s_started, .. messages]);
                while (peer.ReceiveMessage() is not null)
                {
                }

                Assert.Equal(AlertCode.Close, peer.LastAlert);
            });
            Assert.True(run.ExitCode == status, $"{name}: {run.ExitCode} {run.Errors}");
            FalseServer.AssertPrintable(run.Errors, name);
        }
    }

    [BinaryFact]
    public void Channels_that_a_server_opens_are_refused_and_its_pings_answered()
    {
        ProgramRun run = server.Run([], peer =>
        {
            peer.LogIn(server.Key.Key);
            peer.SendSession(s_accept, s_started);
            for (byte kind = 0; kind < 10; kind++)
            {
                uint id = 1u + (2u * kind);
                peer.SendSession(new ChannelOpen { Channel = id, Kind = (ChannelKind)kind, Window = 1, Specifics = new byte[1000] }.ToArray());
                byte[] answer = Next(peer, ChannelRefuse.MessageType);
                Assert.Equal(id, ChannelRefuse.ReadMessage(answer).Channel);
            }

            peer.SendSession(new Ping { Id = 77 }.ToArray());
            Assert.Equal(77u, Pong.ReadMessage(Next(peer, Pong.MessageType)).Id);
            peer.SendSession(new ChannelData { Channel = 0, Data = "\x1b[31mraw\0\xff"u8 }.ToArray(), s_exit, s_close);
            while (peer.ReceiveMessage() is not null)
            {
            }
        });
        Assert.Equal(3, run.ExitCode);
        // Output of the program is nobody's text to change.
        Assert.Equal("\x1b[31mraw\0\xff"u8.ToArray(), run.Output);
        Assert.Equal("", run.Errors);
    }

    [BinaryFact]
    public void Alerts_inside_the_session_are_shown_by_their_fixed_text()
    {
        foreach (byte code in (byte[])[1, 6, 9, 11, 12, 13, 99])
        {
            ProgramRun run = server.Run([], peer =>
            {
                peer.LogIn(server.Key.Key);
                peer.SendSession(s_accept, s_started);
                peer.Send(FrameKind.Alert, [code]);
                peer.ReadToEnd();
            });
            FalseServer.AssertOneLine(run, System.Text.RegularExpressions.Regex.Escape(AlertText.Of((AlertCode)code)), $"alert {code}");
        }
    }

    [BinaryFact]
    public void The_terminal_is_as_before_after_every_bad_end()
    {
        Action<ScriptedServer>[] ends =
        [
            p => p.SendSession([0x7E, 0, 4, 0, 0, 0, 0]),
            p => p.SendRaw(new byte[768]),
            p => p.Reset(),
            p => p.Send(FrameKind.Alert, [(byte)AlertCode.ShuttingDown]),
            _ => { },
        ];
        using PseudoTerminal terminal = PseudoTerminal.Open();
        string before = Settings(terminal);
        foreach (Action<ScriptedServer> end in ends)
        {
            string during = "";
            ProgramRun run = server.RunOn(terminal, peer =>
            {
                peer.LogIn(server.Key.Key);
                peer.SendSession(s_accept, new RequestReply { Channel = 0, Request = PtyRequest.MessageType, Ok = true }.ToArray(), new RequestReply { Channel = 0, Request = ShellRequest.MessageType, Ok = true }.ToArray());
                HostileServer.WaitFor(() => (during = Settings(terminal)) != before, "the terminal is raw");
                end(peer);
            });
            Assert.Equal(255, run.ExitCode);
            Assert.NotEqual(before, during);
            Assert.Equal(before, Settings(terminal));
        }
    }

    private static string Settings(PseudoTerminal terminal) =>
        ProgramRun.Of("/bin/sh", ["-c", $"stty -g < {terminal.Name}"]).Text;

    private static byte[] Next(ScriptedServer peer, byte type)
    {
        while (peer.ReceiveMessage() is { } message)
        {
            if (message[0] == type)
                return message;
        }

        throw new InvalidOperationException($"no message {type:x2}");
    }
}
