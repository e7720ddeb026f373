using Qssh.Sftp.Client;

namespace Qssh.Files;

/// <summary>
/// A local file whose large pieces are written by a <see cref="FileWriter"/>. Small files, and what is left at the end of a large one, are
/// written at once: a thread's turn costs more than they do.
/// </summary>
/// <param name="writer">Null: everything is written at once.</param>
internal sealed class GatheringSink(LocalSink file, FileWriter? writer) : IDataSink
{
    private byte[]? _buffer;
    private long _offset;
    private int _length;

    public bool Write(long offset, ReadOnlySpan<byte> data)
    {
        while (writer is not null && !data.IsEmpty)
        {
            if (_length > 0 && _offset + _length != offset)
                PassOn();
            _buffer ??= writer.Take();
            if (_buffer is null)
                break;
            if (_length == 0)
                _offset = offset;
            int count = Math.Min(data.Length, FileWriter.BufferSize - _length);
            data[..count].CopyTo(_buffer.AsSpan(_length));
            _length += count;
            offset += count;
            data = data[count..];
            if (_length == FileWriter.BufferSize)
                PassOn();
        }

        if (data.IsEmpty)
            return !file.HasFailed;
        // Only one thread at a time may write.
        writer?.Drain();
        return file.Write(offset, data);
    }

    /// <summary>Writes what is left, and gives the file its size where it ends with a hole.</summary>
    /// <returns>0, or the error number of whatever failed first.</returns>
    public int Finish(long size)
    {
        int error = Settle();
        return error != 0 ? error : file.Finish(size);
    }

    /// <summary>Writes what is left.</summary>
    /// <returns>Why anything failed: an error number, or 0.</returns>
    public int Settle()
    {
        if (_length > 0)
            PassOn();
        writer?.Drain();
        return file.Error;
    }

    private void PassOn()
    {
        writer!.Write(file, _offset, _buffer!, _length);
        (_buffer, _length) = (null, 0);
    }
}
