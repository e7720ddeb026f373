using Qssh.Errors;
using Qssh.Platform;
using Qssh.Sftp;
using Qssh.Sftp.Client;

namespace Qssh.Fuzz.Targets;

/// <summary>
/// All that a server of files may say to a client in the middle of its work: greeting, names, a listing, a file that is read by many requests.
/// The first byte says in what pieces the rest comes. Whatever comes, the client's work ends, and nothing is written beyond what was asked for.
/// </summary>
internal sealed class SftpClientTarget : IFuzzTarget
{
    private const int FileSize = 1000, PieceSize = 200;

    public string Name => "sftp-client";

    public void Run(ReadOnlySpan<byte> input)
    {
        byte[] stream = input.ToArray();
        using Reactor reactor = new();
        reactor.Run(() => RunAsync(stream));
    }

    private static async ValueTask<int> RunAsync(byte[] stream)
    {
        SftpSession session = new(new DeafServer());
        bool isDone = false;
        Reactor.Current.Start(async () =>
        {
            await WorkAsync(new SftpClient(session) { MaxEntries = 1000 });
            isDone = true;
        });
        int piece = stream.Length == 0 ? 1 : stream[0] + 1;
        for (int at = 1; at < stream.Length && !isDone; at += piece)
        {
            session.OnBytes(stream.AsSpan(at, Math.Min(piece, stream.Length - at)));
            await Reactor.Current.DelayAsync(TimeSpan.Zero);
        }

        session.OnEnd(new SftpLostException("the end of the input"));
        for (int i = 0; i < 1000 && !isDone; i++)
            await Reactor.Current.DelayAsync(TimeSpan.Zero);
        FuzzException.ThrowIf(!isDone, "the client waits though its session is over");
        FuzzException.ThrowIf(session.Outstanding != 0, "requests are left");
        return 0;
    }

    private static async ValueTask WorkAsync(SftpClient client)
    {
        try
        {
            await client.StartAsync(PieceSize);
            await StepAsync(async () => _ = (await client.RealPathAsync(".")).Name);
            await StepAsync(async () => _ = await client.FindAsync("file"));
            await StepAsync(async () => FuzzException.ThrowIf((await client.ListAsync("directory")).Count > 1000, "more entries than allowed"));
            await StepAsync(() => ReadAsync(client));
        }
        catch (Exception end) when (end is SftpLostException or ProtocolException)
        {
            // As it should: said to the user in one line.
        }
    }

    private static async ValueTask StepAsync(Func<ValueTask> step)
    {
        try
        {
            await step();
        }
        catch (SftpException)
        {
            // Refused; the next may be answered.
        }
    }

    private static async ValueTask ReadAsync(SftpClient client)
    {
        byte[] handle = (await client.OpenAsync("file", SftpOpenFlags.Read)).Handle;
        FuzzException.ThrowIf(handle.Length > SftpLimits.Handle, "a handle beyond its limit");
        CheckedSink sink = new();
        BulkRead read = new(client.Bulk, handle, sink, 0, FileSize);
        await read.RunAsync();
        FuzzException.ThrowIf(read.Received != sink.Received || read.Received > FileSize, "counted otherwise than received");
        FuzzException.ThrowIf(read.End == ReadEnd.Whole && read.Received != FileSize, "whole, though something is missing");
    }

    private sealed class CheckedSink : IDataSink
    {
        public long Received { get; private set; }

        public bool Write(long offset, ReadOnlySpan<byte> data)
        {
            FuzzException.ThrowIf(offset < 0 || offset + data.Length > FileSize || data.IsEmpty, "data that nobody asked for");
            Received += data.Length;
            return true;
        }
    }

    private sealed class DeafServer : ISftpCarrier
    {
        public int Send(ReadOnlySpan<byte> data) => data.Length;

        public void Dispose()
        {
        }
    }
}
