using Microsoft.Extensions.Logging;
using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Sftp.Server;

/// <summary>
/// One session over two descriptors: reads as much as there is, answers every whole packet in it, and writes the replies together. Its
/// memory is these two buffers, whatever the client does: when nobody takes the replies, nothing more is read.
/// </summary>
internal sealed class SftpService(SftpResponder responder, ILogger log)
{
    private const int PipeSize = 1 << 20;

    /// <summary>Two large writes and what begins behind them.</summary>
    private readonly byte[] _input = GC.AllocateUninitializedArray<byte>(2 * (SftpLimits.Packet + SftpFrame.LengthSize), pinned: true);

    /// <summary>A large read behind replies that wait to leave with it.</summary>
    private readonly byte[] _output = GC.AllocateUninitializedArray<byte>(2 * SftpResponder.MaxReply, pinned: true);

    private int _start;
    private int _end;

    /// <summary>Until the client closes its side.</summary>
    /// <returns>Exit status.</returns>
    public int Run(int input, int output)
    {
        Descriptor.EnlargePipe(input, PipeSize);
        Descriptor.EnlargePipe(output, PipeSize);
        using BulkMover mover = new(output);
        try
        {
            while (true)
            {
                if (!AnswerAll(output, mover))
                    return 1;
                IoResult read = Fill(input);
                if (!read.IsOk)
                    return Fail("read: " + read.ErrorText);
                if (read.Count == 0)
                    return _start == _end ? 0 : Fail("the client's last packet is cut off");
                _end += read.Count;
            }
        }
        catch (ProtocolException fault)
        {
            return Fail(fault.Message);
        }
    }

    /// <returns>False: nobody takes the replies.</returns>
    private bool AnswerAll(int output, BulkMover mover)
    {
        SftpWriter reply = new(_output);
        while (SftpFrame.TryRead(_input.AsSpan(_start, _end - _start), out ReadOnlySpan<byte> packet))
        {
            _start += SftpFrame.LengthSize + packet.Length;
            if (!AnswerOne(packet, output, mover, ref reply) || (reply.Free < SftpResponder.MaxReply && !Send(output, ref reply)))
                return false;
        }

        return Send(output, ref reply);
    }

    /// <returns>False: nobody takes the reply.</returns>
    private bool AnswerOne(ReadOnlySpan<byte> packet, int output, BulkMover mover, ref SftpWriter reply)
    {
        if (mover.CanFetch && responder.IsBulkRead(packet, out BulkRead read) && mover.Fetch(read.File.File, read.Offset, read.Length) is > 0 and int count)
        {
            SftpResponder.BeginBulkData(read, count, ref reply);
            return Send(output, ref reply) && mover.Deliver(count);
        }

        // Content that waits in a pipe is still the file's: no request behind it may change it.
        if (mover.CanFetch && SftpResponder.MayChange(packet))
            mover.Stop();
        responder.Answer(packet, ref reply);
        return true;
    }

    private bool Send(int output, ref SftpWriter reply)
    {
        int error = WaitingStream.WriteAll(output, reply.Written);
        reply = new SftpWriter(_output);
        return error == 0;
    }

    private IoResult Fill(int input)
    {
        // What is left begins a packet: at most one, so that there is always room for the rest of it.
        _input.AsSpan(_start, _end - _start).CopyTo(_input);
        _end -= _start;
        _start = 0;
        return WaitingStream.Read(input, _input.AsSpan(_end));
    }

    private int Fail(string text)
    {
        log.Fault(text);
        return 1;
    }
}
