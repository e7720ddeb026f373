using System.Buffers.Binary;
using Qssh.Errors;

namespace Qssh.Sftp.Client;

/// <summary>What the parser hands out. All spans end with the call.</summary>
internal interface ISftpReceiver
{
    /// <summary>A whole packet that is no data for a reader.</summary>
    public void OnPacket(ReadOnlySpan<byte> packet);

    /// <summary>A data reply begins.</summary>
    public SftpCall OnDataStart(uint id, int count);
}

/// <summary>
/// Packets out of a stream that comes in pieces. Data replies are handed on piece by piece from where they lie, never gathered: a file's
/// bytes go from the opened frame to the file. Other packets are gathered only as far as they came.
/// </summary>
internal sealed class SftpParser(ISftpReceiver receiver)
{
    private const int DataHeader = SftpFrame.LengthSize + SftpFrame.MinPacket + sizeof(uint);

    private byte[] _held = new byte[256];
    private int _heldLength;
    private SftpCall? _reader;
    private int _dataLeft;
    private int _dataTotal;

    /// <summary>Between two packets: an end of the stream here cuts none.</summary>
    public bool IsBetween => _heldLength == 0 && _reader is null;

    /// <summary>Whose data is coming in at present.</summary>
    public SftpCall? Reader => _reader;

    /// <exception cref="ProtocolException">The stream cannot be understood any more.</exception>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            if (_reader is not null)
            {
                FeedData(ref bytes);
                if (_reader is not null)
                    return;
            }
            else if (_heldLength > 0)
            {
                int need = Need(_held.AsSpan(0, _heldLength));
                Hold(ref bytes, need);
                if (_heldLength < need)
                    return;
                if (Need(_held.AsSpan(0, need)) > need)
                    continue;
                _heldLength = 0;
                Take(_held.AsSpan(0, need));
            }
            else
            {
                int need = Need(bytes);
                if (bytes.Length < need)
                {
                    Hold(ref bytes, need);
                    return;
                }

                Take(bytes[..need]);
                bytes = bytes[need..];
            }

            if (bytes.IsEmpty && _reader is null)
                return;
        }
    }

    /// <summary>Bytes without which nothing can be said about what begins here.</summary>
    private static int Need(ReadOnlySpan<byte> have)
    {
        if (have.Length < SftpFrame.LengthSize)
            return SftpFrame.LengthSize;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(have);
        if (length is < SftpFrame.MinPacket or > SftpLimits.Packet)
            ProtocolException.Throw($"SFTP packet of {length} bytes");
        int whole = SftpFrame.LengthSize + (int)length;
        if (have.Length <= SftpFrame.LengthSize)
            return SftpFrame.LengthSize + 1;
        return have[SftpFrame.LengthSize] == (byte)SftpPacketType.Data ? Math.Min(whole, DataHeader) : whole;
    }

    private void Take(ReadOnlySpan<byte> packet)
    {
        if (packet[SftpFrame.LengthSize] != (byte)SftpPacketType.Data)
        {
            receiver.OnPacket(packet[SftpFrame.LengthSize..]);
            return;
        }

        if (packet.Length < DataHeader)
            ProtocolException.Throw("SFTP data without a length");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(packet);
        uint count = BinaryPrimitives.ReadUInt32BigEndian(packet[(DataHeader - sizeof(uint))..]);
        if (count != length - (DataHeader - SftpFrame.LengthSize))
            ProtocolException.Throw("SFTP data of another length than its packet");
        _dataLeft = _dataTotal = (int)count;
        _reader = receiver.OnDataStart(BinaryPrimitives.ReadUInt32BigEndian(packet[(SftpFrame.LengthSize + 1)..]), (int)count);
    }

    private void FeedData(ref ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> piece = bytes[..Math.Min(bytes.Length, _dataLeft)];
        bytes = bytes[piece.Length..];
        _dataLeft -= piece.Length;
        SftpCall reader = _reader!;
        if (!piece.IsEmpty)
            reader.OnData(piece);
        if (_dataLeft > 0)
            return;
        _reader = null;
        reader.OnDataEnd(_dataTotal);
    }

    private void Hold(ref ReadOnlySpan<byte> bytes, int need)
    {
        ReadOnlySpan<byte> piece = bytes[..Math.Min(bytes.Length, need - _heldLength)];
        if (_heldLength + piece.Length > _held.Length)
            Array.Resize(ref _held, Math.Max(2 * _held.Length, _heldLength + piece.Length));
        piece.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += piece.Length;
        bytes = bytes[piece.Length..];
    }
}
