using System.Net;
using System.Net.Sockets;
using Qssh.Errors;
using Qssh.Record;

namespace Qssh.Tests.Support;

/// <summary>
/// One end of a connection to a running executable, made of the product's own record layer over a blocking socket, so that a test can
/// leave the protocol at any step. Every wait is bounded.
/// </summary>
internal class ScriptedPeer : IDisposable
{
    private const int Patience = 8000;

    private readonly byte[] _received = new byte[256 * 1024];
    private int _start;
    private int _end;

    public ScriptedPeer(Socket socket)
    {
        Socket = socket;
        Socket.NoDelay = true;
        Socket.ReceiveTimeout = Patience;
        Socket.SendTimeout = Patience;
    }

    public Socket Socket { get; }

    public RecordWriter Writer { get; } = new();

    public RecordReader Reader { get; } = new();

    /// <summary>Bytes received so far, from the first on.</summary>
    public long ReceivedBytes { get; private set; }

    protected static Socket ConnectTo(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    public static ScriptedPeer Connect(int port) => new(ConnectTo(port));

    /// <summary>A peer that has gone already is what some of these tests bring about: then nothing is sent.</summary>
    public void SendRaw(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[Socket.Send(bytes, SocketFlags.None)..];
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted)
        {
            // Seen by the next receive.
        }
    }

    /// <summary>One record with exactly this payload.</summary>
    public void Send(FrameKind kind, ReadOnlySpan<byte> payload) => SendRaw(Cut(kind, payload));

    /// <summary>A record as <see cref="Send"/> would send it; the key's counter moves on.</summary>
    public byte[] Cut(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        Writer.AppendAlone(kind, payload);
        return Drain();
    }

    /// <summary>Messages of one kind back to back, the last record filled up, then empty ones up to a number of frames.</summary>
    public void SendFlight(FrameKind kind, int frames, params ReadOnlySpan<byte[]> messages) => SendRaw(CutFlight(kind, frames, messages));

    public byte[] CutFlight(FrameKind kind, int frames, params ReadOnlySpan<byte[]> messages)
    {
        long before = Writer.Count;
        foreach (byte[] message in messages)
            Writer.Append(kind, message);
        Writer.Close();
        Writer.Pad(kind, (int)(Writer.Count - before), frames);
        return Drain();
    }

    /// <summary>The next record, or null at the end of the stream.</summary>
    public ReceivedRecord? Receive()
    {
        while (true)
        {
            if (Reader.TryRead(_received.AsSpan(_start, _end - _start), out FrameKind kind, out Span<byte> payload, out int consumed))
            {
                _start += consumed;
                return new ReceivedRecord(kind, payload.ToArray());
            }

            if (!Fill())
                return null;
        }
    }

    /// <summary>Reads until the other side ends the stream; all it may have said is an alert and what the test lets pass.</summary>
    public Ending ReadToEnd()
    {
        List<ReceivedRecord> records = [];
        while (Receive() is { } record)
            records.Add(record);
        Assert.Equal(0, _end - _start);
        return new Ending(records);
    }

    /// <summary>All bytes until the end of the stream, as they are.</summary>
    public byte[] ReadRawToEnd()
    {
        while (Fill())
        {
        }

        return _received.AsSpan(_start, _end - _start).ToArray();
    }

    /// <summary>The other side ends the stream with this alert and nothing else.</summary>
    public void ExpectAlert(AlertCode code, string step = "")
    {
        Ending ending = ReadToEnd();
        Assert.True(ending.IsAlert(code), $"{step}: expected only alert {code}, got {ending}");
    }

    public void EndSend() => Socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection by a reset.</summary>
    public void Reset()
    {
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Dispose();
    }

    public virtual void Dispose()
    {
        Writer.Dispose();
        Reader.Dispose();
        Socket.Dispose();
    }

    private byte[] Drain()
    {
        Writer.Close();
        byte[] bytes = Writer.Ready.ToArray();
        Writer.Sent(bytes.Length);
        return bytes;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _received.AsSpan(_start, _end - _start).CopyTo(_received);
            _end -= _start;
            _start = 0;
        }

        try
        {
            int count = Socket.Receive(_received.AsSpan(_end), SocketFlags.None);
            _end += count;
            ReceivedBytes += count;
            return count > 0;
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return false;
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            throw new TimeoutException($"the other side neither said anything nor ended the connection within {Socket.ReceiveTimeout} ms");
        }
    }
}

internal readonly record struct ReceivedRecord(FrameKind Kind, byte[] Payload)
{
    public override string ToString() => $"{Kind}[{Payload.Length}]{(Kind == FrameKind.Alert ? " " + Convert.ToHexString(Payload) : "")}";
}

/// <summary>What came before the other side ended the stream.</summary>
internal readonly record struct Ending(IReadOnlyList<ReceivedRecord> Records)
{
    /// <summary>The alert at the end, if there is one.</summary>
    public AlertCode? Alert => Records.Count > 0 && Records[^1] is { Kind: FrameKind.Alert, Payload: [var code] } ? (AlertCode)code : null;

    public bool IsAlert(AlertCode code) => Records.Count == 1 && Alert == code;

    public override string ToString() => Records.Count == 0 ? "the end of the stream" : string.Join(", ", Records);
}
