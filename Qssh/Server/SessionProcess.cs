using System.Text;
using Qssh.Errors;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Telemetry.Log;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Server;

/// <summary>
/// The user's process and its streams. With pipes the session ends when the process has ended and both its outputs are closed, as other
/// programs may still write there; with a terminal it ends with the process, once what is left in the terminal has been read.
/// </summary>
internal sealed class SessionProcess
{
    private const int PipeSize = 1 << 18;

    /// <summary>Our own server of files reads requests with the content of files in them: several at once.</summary>
    private const int FileInputSize = 1 << 20;

    private static readonly TimeSpan s_halfClose = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_farewell = TimeSpan.FromMilliseconds(200);

    private readonly MuxChannel _channel;
    private readonly LoginContext _login;
    private readonly ChildProcess _child;
    private readonly PseudoTerminal? _terminal;
    private readonly ChannelSink _input;
    private readonly List<ChannelSource> _outputs = [];
    private readonly List<IStreamEnd> _ends;
    private ChildProcess? _signalling;
    private readonly Notifier _ended = new();
    private int _open;
    private bool _exited;

    private SessionProcess(MuxChannel channel, LoginContext login, ChildProcess child, PseudoTerminal? terminal, IStreamEnd input, params ReadOnlySpan<IStreamEnd> outputs)
    {
        _channel = channel;
        _login = login;
        _child = child;
        _terminal = terminal;
        _input = new ChannelSink(channel, input);
        _ends = [input, .. outputs];
        for (int i = 0; i < outputs.Length; i++)
            _outputs.Add(new ChannelSource(channel, outputs[i], i == 0 ? DataStream.Plain : DataStream.StandardError));
    }

    public static SessionProcess Start(MuxChannel channel, LoginContext login, SessionRequest request, SessionEnvironment environment) =>
        request.HasTerminal ? StartOnTerminal(channel, login, request, environment) : StartOnPipes(channel, login, request, environment);

    public void Take(ReadOnlySpan<byte> data) => _input.Take(data);

    /// <summary>The client sends no more. A terminal stays open: its end of input is a character.</summary>
    public void EndInput()
    {
        if (_terminal is null)
            _input.End();
    }

    public void Wake()
    {
        foreach (ChannelSource output in _outputs)
            output.Wake();
    }

    public void Resize((uint Columns, uint Rows, uint Width, uint Height) size) => _terminal?.Resize(SessionPlan.Size(size));

    public void Signal(string name)
    {
        if (SignalNumber.TryFind(name, out int number))
            SignalAsUser(number);
    }

    /// <summary>The channel is gone: the process loses its terminal or pipes, and its group is told.</summary>
    public void Abandon()
    {
        if (_exited)
        {
            Release();
            return;
        }

        SignalAsUser(SignalNumber.Hangup);
        _input.End();
        // A program that handles the hang-up may still want to say something: its pipes are closed a moment later.
        if (_terminal is null)
            Reactor.Current.Schedule(s_farewell, Release);
        else
            Release();
    }

    /// <summary>With the user's rights, not ours: what runs as somebody else inside the session is not the client's to signal.</summary>
    private void SignalAsUser(int signal)
    {
        if (!UserIdentity.IsRoot || _login.Account.Uid == 0)
        {
            _child.KillGroup(signal);
            return;
        }

        if (_child.HasExited || _signalling is { HasExited: false })
            return;
        _signalling?.Dispose();
        try
        {
            _signalling = SessionChild.Start(SessionPlan.MakeSignal(_login, _child.Id, signal), 0, 1, 2);
        }
        catch (FailureException fault)
        {
            _login.Log.Note(_login.Connection, "signal not sent: " + fault.Message);
        }
    }

    public async ValueTask RunAsync()
    {
        _open = _outputs.Count;
        foreach (ChannelSource output in _outputs)
            Reactor.Current.Start(() => FollowAsync(output));
        ExitResult result = await _child.ExitAsync();
        _exited = true;
        if (_terminal is not null)
            await DrainTerminalAsync();
        while (_open > 0)
            await _ended.WaitAsync();

        _login.Log.SessionEnded(_login.Connection, _login.Account.Name, result.ToString());
        SendResult(result);
        _channel.Close();
        Release();
    }

    private async ValueTask FollowAsync(ChannelSource output)
    {
        try
        {
            await output.RunAsync();
        }
        finally
        {
            _open--;
            _ended.Set();
        }

        if (_open == 0 && _terminal is null && !_exited)
            Reactor.Current.Schedule(s_halfClose, TellEnd);
    }

    /// <summary>Half-close: the process lives and reads, but writes no more. The usual end, where it dies a moment later, needs no word of its own.</summary>
    private void TellEnd()
    {
        if (!_exited)
            _channel.SendEof();
    }

    /// <summary>Background processes may keep the terminal open for ever: what is there now is read, then it is over.</summary>
    private async ValueTask DrainTerminalAsync()
    {
        while (_open > 0 && _channel.IsOpen && Descriptor.IsReady(_terminal!.Master.Value, forWriting: false))
            await Reactor.Current.DelayAsync(TimeSpan.FromMilliseconds(1));
        _outputs[0].Stop();
        _ends[^1].Dispose();
    }

    private void SendResult(ExitResult result)
    {
        if (result.WasSignalled)
            _channel.Send(new ExitSignal { Channel = _channel.Id, Name = Encoding.ASCII.GetBytes(SignalNumber.NameOf(result.Signal)), Core = result.CoreDumped });
        else
            _channel.Send(new ExitStatus { Channel = _channel.Id, Status = (uint)result.Status });
    }

    private void Release()
    {
        foreach (ChannelSource output in _outputs)
            output.Stop();
        _input.Dispose();
        foreach (IStreamEnd end in _ends)
            end.Dispose();
        _terminal?.Dispose();
        _child.Dispose();
    }

    private static SessionProcess StartOnTerminal(MuxChannel channel, LoginContext login, SessionRequest request, SessionEnvironment environment)
    {
        PseudoTerminal terminal = PseudoTerminal.Open();
        try
        {
            terminal.SetOwner(login.Account.Uid, login.Account.Gid, Accounts.System.FindGroup("tty"));
            terminal.Resize(SessionPlan.Size(request.Size));
            terminal.ApplyModes(request.Modes);
            SessionPlan.SetTerminal(environment, request.Term, terminal.Name);
            ChildPlan plan = SessionPlan.Make(login, request, environment);
            int slave = terminal.Slave.Value;
            ChildProcess child = SessionChild.Start(plan, slave, slave, slave);
            terminal.Slave.Dispose();
            DescriptorStream master = new(terminal.Master);
            return new SessionProcess(channel, login, child, terminal, master, master);
        }
        catch
        {
            terminal.Dispose();
            throw;
        }
    }

    private static SessionProcess StartOnPipes(MuxChannel channel, LoginContext login, SessionRequest request, SessionEnvironment environment)
    {
        ChildPlan plan = SessionPlan.Make(login, request, environment);
        List<OwnedFd> ends = [];
        try
        {
            (OwnedFd childInput, OwnedFd input) = Keep(OpenInput(plan));
            (OwnedFd output, OwnedFd childOutput) = Keep(Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: false));
            (OwnedFd error, OwnedFd childError) = Keep(Descriptor.Pipe(nonBlockingRead: true, nonBlockingWrite: false));
            Descriptor.EnlargePipe(output.Value, PipeSize);
            ChildProcess child = SessionChild.Start(plan, childInput.Value, childOutput.Value, childError.Value);
            foreach (OwnedFd end in (ReadOnlySpan<OwnedFd>)[childInput, childOutput, childError])
                end.Dispose();
            return new SessionProcess(channel, login, child, null, new DescriptorStream(input), new DescriptorStream(output), new DescriptorStream(error));
        }
        catch (FailureException)
        {
            foreach (OwnedFd end in ends)
                end.Dispose();
            throw;
        }

        (OwnedFd Read, OwnedFd Write) Keep((OwnedFd Read, OwnedFd Write) pipe)
        {
            ends.Add(pipe.Read);
            ends.Add(pipe.Write);
            return pipe;
        }
    }

    /// <summary>A socket for our own server of files; a pipe for other programs, as some look: shells take a socket for a network login.</summary>
    private static (OwnedFd Read, OwnedFd Write) OpenInput(ChildPlan plan)
    {
        if (plan.Program == SelfExecutable.Path)
            return Descriptor.StreamPair(nonBlockingSecond: true, FileInputSize);
        (OwnedFd Read, OwnedFd Write) pipe = Descriptor.Pipe(nonBlockingRead: false, nonBlockingWrite: true);
        Descriptor.EnlargePipe(pipe.Write.Value, PipeSize);
        return pipe;
    }
}
