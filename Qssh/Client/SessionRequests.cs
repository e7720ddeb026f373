using System.Text;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Wire;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Client;

/// <summary>The requests of one session channel, in their order: variables, terminal, program. All may leave before any answer.</summary>
internal static class SessionRequests
{
    private const int LongestName = 255;
    private const int LongestValue = 32 * 1024;

    /// <param name="terminal">Settings of the local terminal; null where there is none to copy from.</param>
    public static void Send(MuxChannel channel, RemotePlan plan, TerminalSettings? terminal, WindowSize size, ClientLog log)
    {
        if (plan.WantsCompression)
            channel.OfferCompression();
        foreach ((string name, string value) in plan.Variables)
            SendVariable(channel, name, value, log);
        if (plan.WantsTerminal)
            SendTerminal(channel, TerminalName(plan), terminal, size);
        switch (plan.Kind)
        {
            case RemoteKind.Shell:
                channel.Send(new ShellRequest { Channel = channel.Id, Reply = true });
                break;
            case RemoteKind.Command:
                SendCommand(channel, plan.Command.Span);
                break;
            case RemoteKind.Subsystem:
                channel.Send(new SubsystemRequest { Channel = channel.Id, Reply = true, Name = plan.Command.Span });
                break;
        }

        if (plan.InputIsNull)
            channel.SendEof();
    }

    private static void SendVariable(MuxChannel channel, string name, string value, ClientLog log)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name), valueBytes = Encoding.UTF8.GetBytes(value);
        if (nameBytes.Length > LongestName || valueBytes.Length > LongestValue)
        {
            log.Debug($"variable {name} is too long to be sent");
            return;
        }

        log.Debug2($"Sending environment variable {name}");
        channel.Send(new EnvRequest { Channel = channel.Id, Name = nameBytes, Value = valueBytes });
    }

    /// <summary>SetEnv may name another terminal than the local one.</summary>
    private static string TerminalName(RemotePlan plan)
    {
        foreach ((string name, string value) in plan.Variables)
        {
            if (name == "TERM")
                return value;
        }

        return Environment.GetEnvironmentVariable("TERM") ?? "";
    }

    private static void SendTerminal(MuxChannel channel, string term, TerminalSettings? terminal, WindowSize size)
    {
        Span<byte> modes = stackalloc byte[Platform.TerminalModes.MaxSize];
        int length = 0;
        if (terminal is { } settings)
            length = Platform.TerminalModes.Encode(settings, modes);
        byte[] name = Encoding.UTF8.GetBytes(term);
        channel.Send(new PtyRequest
        {
            Channel = channel.Id,
            Reply = true,
            Term = name.AsSpan(0, Math.Min(name.Length, byte.MaxValue)),
            Columns = (uint)size.Columns,
            Rows = (uint)size.Rows,
            Width = (uint)size.Width,
            Height = (uint)size.Height,
            Modes = modes[..length],
        });
    }

    private static void SendCommand(MuxChannel channel, ReadOnlySpan<byte> command)
    {
        int first = Math.Min(command.Length, ExecRequest.MaxPart);
        channel.Send(new ExecRequest { Channel = channel.Id, Reply = true, Total = (uint)command.Length, First = command[..first] });
        for (command = command[first..]; !command.IsEmpty; command = command[first..])
        {
            first = Math.Min(command.Length, ExecRequest.MaxPart);
            channel.Send(new CommandPart { Channel = channel.Id, Part = command[..first] });
        }
    }
}
