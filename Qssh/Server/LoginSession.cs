using Qssh.Errors;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Telemetry.Log;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Server;

/// <summary>
/// One session channel: collects what the client asks for, starts the user's process once, and carries its streams until it has ended and
/// all its output has left.
/// </summary>
internal sealed class LoginSession(MuxChannel channel, LoginContext login, Action terminalStarted) : IChannelHandler
{
    private readonly SessionRequest _request = new();
    private readonly SessionEnvironment _environment = new();
    private SessionProcess? _process;
    private bool _started;
    private bool _inputEnded;

    public void OnAccepted()
    {
    }

    public void OnRefused(ChannelRefusal reason)
    {
    }

    public void OnData(DataStream stream, ReadOnlySpan<byte> data)
    {
        if (stream != DataStream.Plain)
            ProtocolException.Throw("a client sends plain data only");
        // Input that comes before the program runs has nowhere to go; no client of ours sends it.
        if (_process is null)
            channel.Consumed(data.Length);
        else
            _process.Take(data);
    }

    public void OnEof()
    {
        _inputEnded = true;
        _process?.EndInput();
    }

    public void OnSendable() => _process?.Wake();

    public void OnClosed(Exception? reason) => _process?.Abandon();

    public void OnProhibited(byte type, ReadOnlySpan<byte> message)
    {
        login.Log.Note(login.Connection, $"request {type:x2} is not permitted for {login.Account.Name}");
        if (WantsReply(type, message))
            Reply(type, false);
    }

    public void OnMessage(byte type, ReadOnlySpan<byte> message)
    {
        switch (type)
        {
            case PtyRequest.MessageType:
                ReceiveTerminal(PtyRequest.ReadMessage(message));
                break;
            case EnvRequest.MessageType:
                EnvRequest variable = EnvRequest.ReadMessage(message);
                if (!_started)
                    _environment.TryAccept(variable.Name, variable.Value, login.Options.AcceptedEnvironment);
                break;
            case ShellRequest.MessageType:
                RequireUnstarted();
                _request.BeginShell(ShellRequest.ReadMessage(message).Reply);
                Start(type);
                break;
            case ExecRequest.MessageType:
                RequireUnstarted();
                _request.BeginCommand(ExecRequest.ReadMessage(message));
                StartWhenComplete();
                break;
            case CommandPart.MessageType:
                if (_started || !_request.AddCommandPart(CommandPart.ReadMessage(message).Part))
                    ProtocolException.Throw("command part out of place");
                StartWhenComplete();
                break;
            default:
                ReceiveOther(type, message);
                break;
        }
    }

    private void ReceiveOther(byte type, ReadOnlySpan<byte> message)
    {
        switch (type)
        {
            case SubsystemRequest.MessageType:
                StartSubsystem(SubsystemRequest.ReadMessage(message));
                break;
            case WindowChange.MessageType:
                WindowChange change = WindowChange.ReadMessage(message);
                _request.Size = (change.Columns, change.Rows, change.Width, change.Height);
                _process?.Resize(_request.Size);
                break;
            case SignalRequest.MessageType:
                // Read in any case: a malformed message is a fault before the start as well.
                string signal = PeerText.Escape(SignalRequest.ReadMessage(message).Name);
                // Who may run one command only may not interfere with it either.
                if (login.ForcedCommand is null)
                    _process?.Signal(signal);
                break;
            case BreakRequest.MessageType:
                _ = BreakRequest.ReadMessage(message);
                // A pseudo-terminal has no line that a break could be sent on.
                break;
            default:
                ProtocolException.Throw("message is not for a session");
                break;
        }
    }

    private void ReceiveTerminal(PtyRequest request)
    {
        RequireUnstarted();
        if (_request.HasTerminal)
            ProtocolException.Throw("terminal requested twice");
        _request.SetTerminal(request);
        if (request.Reply)
            Reply(PtyRequest.MessageType, true);
    }

    /// <summary>A name that nobody configured is no fault: the client may ask for something else.</summary>
    private void StartSubsystem(SubsystemRequest request)
    {
        RequireUnstarted();
        string name = ByteText.From(request.Name);
        if (login.Options.SubsystemCommand(name) is { } command)
        {
            _request.BeginSubsystem(command, request.Reply);
            Start(SubsystemRequest.MessageType);
            return;
        }

        login.Log.Note(login.Connection, $"no subsystem is called {name}");
        if (request.Reply)
            Reply(SubsystemRequest.MessageType, false);
    }

    private void StartWhenComplete()
    {
        if (!_request.IsIncomplete)
            Start(ExecRequest.MessageType);
    }

    private void Start(byte type)
    {
        _started = true;
        try
        {
            _process = SessionProcess.Start(channel, login, _request, _environment);
        }
        catch (FailureException fault)
        {
            login.Log.SessionFailed(login.Connection, login.Account.Name, fault.Message);
            if (_request.WantsReply)
                Reply(type, false);
            channel.Close();
            return;
        }

        if (_request.WantsReply)
            Reply(type, true);
        if (_inputEnded)
            _process.EndInput();
        if (_request.HasTerminal)
            terminalStarted();
        Reactor.Current.Start(_process.RunAsync);
    }

    private void Reply(byte type, bool ok) => channel.Send(new RequestReply { Channel = channel.Id, Request = type, Ok = ok });

    private void RequireUnstarted()
    {
        if (_started || _request.IsIncomplete)
            ProtocolException.Throw("the session has started");
    }

    private static bool WantsReply(byte type, ReadOnlySpan<byte> message) => type switch
    {
        PtyRequest.MessageType => PtyRequest.ReadMessage(message).Reply,
        ShellRequest.MessageType => ShellRequest.ReadMessage(message).Reply,
        ExecRequest.MessageType => ExecRequest.ReadMessage(message).Reply,
        SubsystemRequest.MessageType => SubsystemRequest.ReadMessage(message).Reply,
        _ => false,
    };
}
