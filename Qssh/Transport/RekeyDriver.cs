using System.Diagnostics;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Record;
using Qssh.Wire;

namespace Qssh.Transport;

/// <summary>
/// Carries out what the rekey machine decides: control messages out in their own frames, keys switched in each direction exactly between
/// two records (docs/protocol.md, section 8).
/// </summary>
internal sealed class RekeyDriver(RecordConnection connection, RekeyMachine machine) : IDisposable
{
    /// <summary>RI and RR with the largest KEM, and some.</summary>
    private const int MaxControl = 2048;

    /// <summary>One less than the peer allows: its clock may see two of our starts closer together than ours does.</summary>
    private const int OwnStarts = 7;

    private static readonly TimeSpan s_ownWindow = TimeSpan.FromSeconds(60);

    private readonly MessageAssembler _assembler = new(MaxControl);
    private readonly Queue<TimeSpan> _starts = [];
    private readonly long _origin = Stopwatch.GetTimestamp();
    private long _sentRecords = connection.Writer.Count;
    private long _sentBytes = connection.Writer.Bytes;
    private long _receivedRecords = connection.Received;

    /// <summary>When an open exchange is overdue, from now; null: none is open.</summary>
    public TimeSpan? ExchangeTimeLeft => machine.ExchangeDeadline - Now;

    /// <summary>Generation and step of the sending direction, for display.</summary>
    public RekeyState State => machine.State;

    private TimeSpan Now => Stopwatch.GetElapsedTime(_origin);

    /// <summary>Before something is sent: switches keys that are due, starts a full rekey that is due, fails one that is overdue.</summary>
    public void BeforeSend()
    {
        CountTraffic();
        TimeSpan now = Now;
        switch (machine.Advise(now))
        {
            case RekeyAdvice.Full when MayStart(now):
                Start();
                break;
            case RekeyAdvice.Ratchet or RekeyAdvice.Full when connection.Writer.Key is { IsWorn: true }:
            case RekeyAdvice.Ratchet:
                Perform(machine.Ratchet());
                break;
        }
    }

    /// <summary>Starts a full rekey now, if none is open.</summary>
    public void Start()
    {
        if (!machine.State.IsIdle)
            return;
        _starts.Enqueue(Now);
        Perform(machine.Start(Now));
    }

    /// <summary>The payload of a control frame.</summary>
    public void Receive(ReadOnlySpan<byte> payload)
    {
        bool fromBoundary = _assembler.IsAtBoundary;
        MessageCursor messages = _assembler.Feed(payload);
        bool any = false;
        while (messages.TryNext(out ReadOnlySpan<byte> message))
        {
            any = true;
            Perform(machine.Consume(message, fromBoundary && message.Length == payload.Length, Now));
        }

        if (!any && payload.IsEmpty)
            ProtocolException.Throw("empty control frame");
    }

    /// <summary>Throws when an exchange is overdue.</summary>
    public void CheckDeadline() => machine.Advise(Now);

    public void Dispose()
    {
        machine.Dispose();
        _assembler.Dispose();
    }

    private bool MayStart(TimeSpan now)
    {
        while (_starts.TryPeek(out TimeSpan oldest) && now - oldest > s_ownWindow)
            _starts.Dequeue();
        return _starts.Count < OwnStarts;
    }

    private void CountTraffic()
    {
        long records = connection.Writer.Count;
        long bytes = connection.Writer.Bytes;
        machine.CountSent((int)(records - _sentRecords), bytes - _sentBytes);
        _sentRecords = records;
        _sentBytes = bytes;

        long received = connection.Received;
        machine.CountReceived((int)(received - _receivedRecords), connection.TakeReceivedBytes());
        _receivedRecords = received;
    }

    private void Perform(RekeyStep[] steps)
    {
        foreach (RekeyStep step in steps)
        {
            using Schedule.FrameKey? key = step.Key;
            switch (step.Kind)
            {
                case RekeyStepKind.Send:
                    connection.Writer.Append(FrameKind.Control, step.Message.Span);
                    break;
                case RekeyStepKind.SendAlone:
                    connection.Writer.AppendAlone(FrameKind.Control, step.Message.Span);
                    break;
                case RekeyStepKind.SwitchSending:
                    CountTraffic();
                    connection.Writer.Switch(connection.Writer.Layout, new RecordKey(key!.Key, key.Iv));
                    machine.SendingSwitched(Now);
                    break;
                case RekeyStepKind.SwitchReceiving:
                    connection.Reader.Switch(connection.Reader.Layout, new RecordKey(key!.Key, key.Iv));
                    break;
            }
        }
    }
}
