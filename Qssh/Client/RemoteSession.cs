using System.Globalization;
using System.Text;
using Qssh.Errors;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Telemetry.Log;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Client;

/// <summary>
/// The client's end of the session channel: local streams in and out, replies, and how the remote program ended. Ends when the channel
/// is closed and all output has left this process.
/// </summary>
internal sealed class RemoteSession : IChannelHandler
{
    private const int KilledByPipe = 128 + SignalNumber.BrokenPipe;
    private const int InputNumber = 0, OutputNumber = 1, ErrorNumber = 2;

    private readonly RemotePlan _plan;
    private readonly ClientLog _log;
    private readonly Notifier _ended = new();
    private readonly LocalOutput _output = new(OutputNumber);
    private readonly LocalOutput _error = new(ErrorNumber);
    private readonly StandardStream _input = StandardStream.Open(InputNumber);
    private readonly MuxChannel _channel;
    private readonly ChannelSink _outputSink;
    private readonly ChannelSink _errorSink;
    private ChannelSource? _source;
    private int? _status;
    private bool _hasTerminal;
    private bool _isAnswered;
    private bool _closed;
    private bool _outputFailed;
    private bool _isAbandoned;

    /// <summary>Opens the channel and writes its requests, which may all travel with the login.</summary>
    public RemoteSession(SessionMux mux, RemotePlan plan, ClientLog log)
    {
        _plan = plan;
        _log = log;
        _channel = mux.Open(ChannelKind.Session, this);
        _outputSink = new ChannelSink(_channel, _output, CheckEnd);
        _errorSink = new ChannelSink(_channel, _error, CheckEnd);
        TerminalSettings? terminal = plan.WantsTerminal && TerminalSettings.TryGet(_input.Descriptor, out TerminalSettings settings) ? settings : null;
        SessionRequests.Send(_channel, plan, terminal, Size, log);
    }

    /// <summary>The program runs; true: with a terminal.</summary>
    public Action<bool>? Started { get; set; }

    /// <summary>What is typed passes through this.</summary>
    public IInputFilter? Filter { get; set; }

    public MuxChannel Channel => _channel;

    /// <summary>The descriptor that the local terminal's controls go to.</summary>
    public int Terminal => _input.Descriptor;

    /// <summary>The exit status for the shell that called us; null: the remote program did not tell.</summary>
    public int? Status => _status;

    /// <summary>Why the connection ended under the session; null: it did not.</summary>
    public Exception? Fault { get; private set; }

    private WindowSize Size => WindowSize.Of(_input.Descriptor) ?? WindowSize.Of(OutputNumber) ?? default;

    /// <summary>Until the channel is closed and all output is out.</summary>
    public async ValueTask EndAsync()
    {
        while (!IsEnded)
            await _ended.WaitAsync();
    }

    /// <summary>The user or a signal ends the session from here.</summary>
    public void Abandon()
    {
        _status = FailureException.OwnFailure;
        _isAbandoned = true;
        _source?.Stop();
        _ended.Set();
    }

    public void TellSize()
    {
        WindowSize size = Size;
        if (_hasTerminal && size.Columns > 0)
        {
            _channel.Send(new WindowChange
            {
                Channel = _channel.Id,
                Columns = (uint)size.Columns,
                Rows = (uint)size.Rows,
                Width = (uint)size.Width,
                Height = (uint)size.Height,
            });
        }
    }

    public void OnAccepted() => _log.Debug2("session channel accepted");

    public void OnRefused(ChannelRefusal reason) => Fail($"the server opens no session: {Text(reason)}");

    public void OnData(DataStream stream, ReadOnlySpan<byte> data)
    {
        ChannelSink sink = stream == DataStream.Plain ? _outputSink : _errorSink;
        sink.Take(data);
        if (_outputSink.IsBroken)
            EndForBrokenOutput();
    }

    /// <summary>Half-close: input may still go on.</summary>
    public void OnEof()
    {
        _log.Debug3("remote end of output");
        _outputSink.End();
    }

    public void OnMessage(byte type, ReadOnlySpan<byte> message)
    {
        switch (type)
        {
            case RequestReply.MessageType:
                OnReply(RequestReply.ReadMessage(message));
                break;
            case ExitStatus.MessageType:
                // Read in any case: a second one is not used, but it has to be well-formed.
                int status = (int)(ExitStatus.ReadMessage(message).Status & 0xFF);
                _status ??= status;
                break;
            case ExitSignal.MessageType:
                OnExitSignal(ExitSignal.ReadMessage(message));
                break;
        }
    }

    public void OnProhibited(byte type, ReadOnlySpan<byte> message)
    {
        // Only servers have gates.
    }

    public void OnSendable() => _source?.Wake();

    public void OnClosed(Exception? reason)
    {
        Fault = reason;
        _closed = true;
        _source?.Stop();
        CheckEnd();
    }

    private bool IsEnded => _isAbandoned || _closed && (_outputSink.IsIdle || _outputSink.IsBroken) && (_errorSink.IsIdle || _errorSink.IsBroken);

    private void OnReply(RequestReply reply)
    {
        // A second start would take the raw terminal for the one to come back to; a terminal that was not asked for would be taken raw.
        if (_isAnswered || (reply.Request == PtyRequest.MessageType && !_plan.WantsTerminal))
            ProtocolException.Throw("answer to a request that was not made");
        _isAnswered = reply.Request != PtyRequest.MessageType;
        switch (reply.Request)
        {
            case PtyRequest.MessageType:
                _hasTerminal = reply.Ok;
                if (!reply.Ok)
                    _log.Info("PTY allocation request failed on channel 0");
                break;
            case ShellRequest.MessageType or ExecRequest.MessageType or SubsystemRequest.MessageType when reply.Ok:
                Start();
                break;
            case ShellRequest.MessageType or ExecRequest.MessageType or SubsystemRequest.MessageType:
                Fail($"{_plan.Kind switch { RemoteKind.Shell => "shell", RemoteKind.Command => "exec", _ => "subsystem" }} request failed on channel 0");
                break;
        }
    }

    private void Start()
    {
        Started?.Invoke(_hasTerminal);
        if (_plan.InputIsNull || _source is not null)
            return;
        _source = new ChannelSource(_channel, _input, DataStream.Plain, _hasTerminal ? Filter : null);
        Reactor.Current.Start(PumpInputAsync);
    }

    /// <summary>An input that fails has ended as well: the remote program is told so and may go on.</summary>
    private async ValueTask PumpInputAsync()
    {
        await _source!.RunAsync();
        if (!_closed)
            _channel.SendEof();
    }

    private void OnExitSignal(ExitSignal signal)
    {
        string name = Encoding.ASCII.GetString(signal.Name);
        int number = FailureException.OwnFailure - 128;
        if (SignalNumber.TryFind(name, out int found) || TryReadNumber(name, out found))
            number = found;
        _status ??= Math.Min(128 + number, FailureException.OwnFailure);
        _log.Verbose($"remote program ended by signal {PeerText.Escape(name)}{(signal.Core ? " (core dumped)" : "")}");
    }

    /// <summary>"RT35". A killed program must not look like one that ended well: no sign, no zero.</summary>
    private static bool TryReadNumber(string name, out int number)
    {
        number = 0;
        return name.StartsWith("RT", StringComparison.Ordinal) && int.TryParse(name.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number is > 0 and < 128;
    }

    private void EndForBrokenOutput()
    {
        if (_outputFailed || Fault is not null || _output.Fault is not { } fault)
            return;

        // Also after the remote program ended well: its last output did not arrive, and a good status would say it did.
        _outputFailed = true;
        // A reader that has gone is no mistake (yes | head): the remote program learns of it by its session's end.
        if (fault.IsBroken)
            _status = KilledByPipe;
        else
            Complain("cannot write standard output: " + fault.ErrorText);
        _channel.Close();
        _closed = true;
        _source?.Stop();
        _ended.Set();
    }

    private void Fail(string text)
    {
        Complain(text);
        _channel.Close();
        _closed = true;
        _ended.Set();
    }

    private void Complain(string text)
    {
        _log.Fatal(text);
        _status = FailureException.OwnFailure;
    }

    private void CheckEnd()
    {
        if (_outputSink is { IsBroken: true })
            EndForBrokenOutput();
        if (IsEnded)
            _ended.Set();
    }

    private static string Text(ChannelRefusal reason) => reason switch
    {
        ChannelRefusal.Prohibited => "it is not allowed for this login",
        ChannelRefusal.Limit => "there are too many on this connection",
        ChannelRefusal.ConnectFailed => "it could not be started",
        _ => "it does not know them",
    };
}
