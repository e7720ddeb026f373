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
        try
        {
            while (true)
            {
                if (!AnswerAll(output))
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
    private bool AnswerAll(int output)
    {
        SftpWriter reply = new(_output);
        while (SftpFrame.TryRead(_input.AsSpan(_start, _end - _start), out ReadOnlySpan<byte> packet))
        {
            _start += SftpFrame.LengthSize + packet.Length;
            responder.Answer(packet, ref reply);
            if (reply.Free >= SftpResponder.MaxReply)
                continue;
            if (WaitingStream.WriteAll(output, reply.Written) != 0)
                return false;
            reply = new SftpWriter(_output);
        }

        return WaitingStream.WriteAll(output, reply.Written) == 0;
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
