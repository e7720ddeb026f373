using Qssh.Crypto.Aead;
using System.Security.Cryptography;
using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Platform;
using Qssh.Record;
using Qssh.Schedule;
using Qssh.Transport;

namespace Qssh.Tests.Transport;

/// <summary>One end of a link with what stands above it: sends as many bytes as the test wants, hashes what comes, notes how it ends.</summary>
internal sealed class LinkEnd(Duplex stream, RecordConnection connection, RekeyDriver rekey, SessionLink link, int seed) : ILinkReceiver, IDisposable
{
    private static readonly byte[] s_block = Block();

    private readonly Random _random = new(seed);
    private readonly IncrementalHash _sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _toSend;

    public Duplex Stream => stream;

    public RecordConnection Connection => connection;

    public RekeyDriver Rekey => rekey;

    public SessionLink Link => link;

    /// <summary>Ends when the link has.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public Exception? Reason { get; private set; }

    public int Closes { get; private set; }

    public int Silences { get; private set; }

    public int Drains { get; private set; }

    public long Received { get; private set; }

    /// <summary>Called for bytes that have come; what it throws is a fault of the receiver.</summary>
    public Action<ReadOnlyMemory<byte>>? Arrived { get; set; }

    public Action? Silent { get; set; }

    public bool IsDone => _toSend == 0;

    /// <summary>The code of an end by the peer's alert or by our own judgement of the peer.</summary>
    public AlertCode? Code => Reason switch
    {
        ConnectionEndException { Cause: EndCause.Alert } end => end.Alert,
        ProtocolException fault => fault.Code,
        _ => null,
    };

    public EndCause? Cause => (Reason as ConnectionEndException)?.Cause;

    public byte[] SentHash => _sent.GetCurrentHash();

    public byte[] ReceivedHash => _received.GetCurrentHash();

    /// <summary>As after a login whose master secret is zero.</summary>
    public static LinkEnd Create(Duplex stream, HandshakeRole role, LinkOptions options)
    {
        bool isClient = role == HandshakeRole.Client;
        using SessionSecrets session = SessionSecrets.FromMaster(new byte[32]);
        RecordConnection connection = new(stream);
        connection.Writer.Switch(RecordLayout.Frames, RecordKey.Of(AeadId.Aes256Gcm, isClient ? session.ClientTraffic : session.ServerTraffic));
        connection.Reader.Switch(RecordLayout.Frames, RecordKey.Of(AeadId.Aes256Gcm, isClient ? session.ServerTraffic : session.ClientTraffic));
        return Create(connection, role, session, options);
    }

    /// <summary>After a login: the connection has its traffic keys.</summary>
    public static LinkEnd Create(RecordConnection connection, HandshakeRole role, SessionSecrets session, LinkOptions options)
    {
        bool isClient = role == HandshakeRole.Client;
        connection.Writer.Switch(options.Layout, connection.Writer.Key);
        connection.Reader.Switch(options.Layout, connection.Reader.Key);
        RekeyLimits limits = isClient && options.ClientLimits is not null ? options.ClientLimits : options.Limits;
        RekeyMachine machine = new(role, HybridKem.Find((byte)options.Kem)!, session, limits, TimeSpan.Zero);
        RekeyDriver rekey = new(connection, machine, isClient && options.ClientTime is not null ? options.ClientTime : options.Time);
        SessionLink link = new(connection, Reactor.Current, rekey, options.Settings, 1);
        return new LinkEnd(connection.Stream, connection, rekey, link, (int)role);
    }

    public void Start(ReadOnlyMemory<byte> first = default) => Running = link.RunAsync(this, first).AsTask();

    public void Send(long bytes)
    {
        _toSend += bytes;
        Pump();
    }

    public void Write(byte[] bytes)
    {
        _sent.AppendData(bytes);
        link.Write(bytes);
    }

    public void OnSessionBytes(ReadOnlySpan<byte> bytes)
    {
        _received.AppendData(bytes);
        Received += bytes.Length;
        Arrived?.Invoke(Arrived is null ? default : bytes.ToArray());
    }

    public void OnDrained()
    {
        Drains++;
        Pump();
    }

    public void OnSilence()
    {
        Silences++;
        Silent?.Invoke();
    }

    public void OnClosed(Exception? reason)
    {
        Closes++;
        Reason = reason;
    }

    public void Dispose()
    {
        _sent.Dispose();
        _received.Dispose();
    }

    private void Pump()
    {
        while (_toSend > 0 && link.Room > 0)
        {
            int count = (int)Math.Min(Math.Min(link.Room, _toSend), _random.Next(1, 40_000));
            ReadOnlySpan<byte> piece = s_block.AsSpan(_random.Next(s_block.Length - count), count);
            _sent.AppendData(piece);
            link.Write(piece);
            _toSend -= count;
        }
    }

    private static byte[] Block()
    {
        byte[] block = new byte[1 << 20];
        new Random(99).NextBytes(block);
        return block;
    }
}
