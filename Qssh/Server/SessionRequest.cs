using Qssh.Wire.Messages.Connection;

namespace Qssh.Server;

/// <summary>What a client has asked for in one session channel, until it starts.</summary>
internal sealed class SessionRequest
{
    private byte[]? _command;
    private int _received;

    public bool HasTerminal { get; private set; }

    public byte[] Term { get; private set; } = [];

    public byte[] Modes { get; private set; } = [];

    public (uint Columns, uint Rows, uint Width, uint Height) Size { get; set; }

    /// <summary>The reply flag of the request that starts the session.</summary>
    public bool WantsReply { get; private set; }

    /// <summary>Bytes of the command; null for a shell. Spelt out: a null of any kind would convert to an empty memory, which is a command.</summary>
    public ReadOnlyMemory<byte>? Command => _command is null ? default(ReadOnlyMemory<byte>?) : _command;

    /// <summary>The command of the subsystem that the client named.</summary>
    public string? Subsystem { get; private set; }

    /// <summary>A command was announced that has not come whole.</summary>
    public bool IsIncomplete => _command is not null && _received < _command.Length;

    public void SetTerminal(in PtyRequest request)
    {
        HasTerminal = true;
        Term = request.Term.ToArray();
        Modes = request.Modes.ToArray();
        Size = (request.Columns, request.Rows, request.Width, request.Height);
    }

    /// <summary>The memory is taken now, at most 128 KiB, as the decoder has checked.</summary>
    public void BeginCommand(in ExecRequest request)
    {
        WantsReply = request.Reply;
        _command = new byte[request.Total];
        request.First.CopyTo(_command);
        _received = request.First.Length;
    }

    /// <returns>False: more than was announced.</returns>
    public bool AddCommandPart(ReadOnlySpan<byte> part)
    {
        if (!IsIncomplete || part.Length > _command!.Length - _received)
            return false;
        part.CopyTo(_command.AsSpan(_received));
        _received += part.Length;
        return true;
    }

    public void BeginSubsystem(string command, bool wantsReply)
    {
        Subsystem = command;
        WantsReply = wantsReply;
    }

    public void BeginShell(bool wantsReply) => WantsReply = wantsReply;
}
