using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;
using Qssh.Telemetry.Log;

namespace Qssh.Files.Prompt;

/// <summary>Lines of commands from a file or from standard input. Bytes that are not UTF-8 are kept.</summary>
internal sealed class BatchInput : IDisposable
{
    private const int LongestLine = 1 << 20;

    private readonly IStreamEnd _stream;
    private readonly string _name;
    private readonly List<byte> _held = [];
    private bool _isEnd;

    private BatchInput(IStreamEnd stream, string name) => (_stream, _name) = (stream, name);

    /// <summary>A named pipe is waited for until somebody writes to it, so a batch is opened before there is a connection.</summary>
    /// <param name="path">"-" or null: standard input.</param>
    public static BatchInput Open(string? path)
    {
        if (path is null or "-")
            return new BatchInput(StandardStream.Open(0), "standard input");
        OwnedFd file = Descriptor.Open(path, Libc.O_RDONLY | Libc.O_NOCTTY, 0, out int error)
            ?? throw new FailureException($"{PeerText.Escape(path, 4096)}: {Errno.Text(error)}");
        // Opened here, so the description is our own; its lines are waited for on the reactor.
        Descriptor.SetNonBlocking(file.Value, true);
        return new BatchInput(new DescriptorStream(file), PeerText.Escape(path, 4096));
    }

    /// <summary>"-": a failure does not end the batch; "@": the line is not shown.</summary>
    public static (string Command, bool GoesOn, bool IsHidden) Prefixes(string line)
    {
        bool goesOn = false, hidden = false;
        int start = 0;
        for (; start < line.Length; start++)
        {
            if (line[start] == '-')
                goesOn = true;
            else if (line[start] == '@')
                hidden = true;
            else if (line[start] is not (' ' or '\t'))
                break;
        }

        return (line[start..], goesOn, hidden);
    }

    /// <returns>Null at the end.</returns>
    public async ValueTask<string?> NextAsync()
    {
        byte[] chunk = new byte[4096];
        int end;
        while ((end = _held.IndexOf((byte)'\n')) < 0 && !_isEnd)
        {
            IoResult result = _stream.Read(chunk);
            if (result.WouldBlock)
            {
                await _stream.ReadableAsync();
                continue;
            }

            // What could not be read must not look like the end of the work.
            if (!result.IsOk)
                throw new FailureException($"{_name}: {Errno.Text(result.Error)}", 1);
            _isEnd = result.Count == 0;
            if (!_isEnd)
                _held.AddRange(chunk.AsSpan(0, result.Count));
            if (_held.Count > LongestLine)
                throw new FailureException("a line of the batch is too long", 1);
        }

        if (end < 0 && _held.Count == 0)
            return null;
        int length = end < 0 ? _held.Count : end;
        string line = ByteText.From(_held.GetRange(0, length).ToArray());
        _held.RemoveRange(0, Math.Min(length + 1, _held.Count));
        return line.TrimEnd('\r');
    }

    public void Dispose() => _stream.Dispose();
}
