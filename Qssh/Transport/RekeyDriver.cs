using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Record;
using Qssh.Wire;

namespace Qssh.Transport;

/// <summary>
/// Carries out what the rekey machine decides: control messages out in their own frames, keys switched in each direction exactly between
/// two records (docs/protocol.md, section 8).
/// </summary>
internal sealed class RekeyDriver(RecordConnection connection, RekeyMachine machine, TimeProvider? time = null) : IDisposable
{
    /// <summary>RI and RR with the largest KEM, and some.</summary>
    private const int MaxControl = 2048;

    /// <summary>One less than the peer allows: its clock may see two of our starts closer together than ours does.</summary>
    private const int OwnStarts = 7;

    private static readonly TimeSpan s_ownWindow = TimeSpan.FromSeconds(60);

    private readonly MessageAssembler _assembler = new(MaxControl);
    private readonly Queue<TimeSpan> _starts = [];
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly long _origin = (time ?? TimeProvider.System).GetTimestamp();
    private long _sentRecords = connection.Writer.Count;
    private long _sentBytes = connection.Writer.Bytes;
    private long _receivedRecords = connection.Received;
    private long _receivedBytes = connection.ReceivedBytes;

    /// <summary>When an open exchange is overdue, from now; null: none is open.</summary>
    public TimeSpan? ExchangeTimeLeft => machine.ExchangeDeadline - Now;

    /// <summary>Generation and step of the sending direction, for display.</summary>
    public RekeyState State => machine.State;

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>Before something is sent: switches keys that are due, starts a full rekey that is due, fails one that is overdue.</summary>
    public void BeforeSend()
    {
        CountSent();
        TimeSpan now = Now;
        switch (machine.Advise(now, MayStart(now)))
        {
            case RekeyAdvice.Full:
                Start();
                break;
            case RekeyAdvice.Ratchet:
                Perform(machine.Ratchet());
                break;
        }
    }

    /// <summary>After records were opened.</summary>
    public void AfterReceive() => CountReceived();

    /// <summary>Starts a full rekey now.</summary>
    /// <returns>False: one is open, or the peer would take one more for a flood.</returns>
    public bool Start()
    {
        TimeSpan now = Now;
        if (!machine.State.IsIdle || !MayStart(now))
            return false;
        CountSent();
        _starts.Enqueue(now);
        Perform(machine.Start(now));
        return true;
    }

    /// <summary>The payload of a control frame.</summary>
    public void Receive(ReadOnlySpan<byte> payload)
    {
        // This frame and those before it belong to the key that a KeySwitch in it ends.
        CountReceived();
        CountSent();
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

    private void CountSent()
    {
        long records = connection.Writer.Count;
        long bytes = connection.Writer.Bytes;
        machine.CountSent((int)(records - _sentRecords), bytes - _sentBytes);
        _sentRecords = records;
        _sentBytes = bytes;
    }

    private void CountReceived()
    {
        long records = connection.Received;
        long bytes = connection.ReceivedBytes;
        machine.CountReceived((int)(records - _receivedRecords), bytes - _receivedBytes);
        _receivedRecords = records;
        _receivedBytes = bytes;
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
                    CountSent();
                    connection.Writer.Switch(connection.Writer.Layout, new RecordKey(connection.Writer.Key!.Cipher, key!.Key, key.Iv));
                    machine.SendingSwitched(Now);
                    break;
                case RekeyStepKind.SwitchReceiving:
                    connection.Reader.Switch(connection.Reader.Layout, new RecordKey(connection.Reader.Key!.Cipher, key!.Key, key.Iv));
                    break;
            }
        }
    }
}
