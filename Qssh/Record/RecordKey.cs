using System.Buffers.Binary;
using Qssh.Crypto.Aead;
using Qssh.Errors;
using Qssh.Schedule;
using Qssh.Secrets;

namespace Qssh.Record;

/// <summary>
/// Key of the suite's cipher, IV and counter of one direction and one step (docs/protocol.md, section 2). The counter is implicit: it starts at 0,
/// grows by 1 and never leaves this object, so a nonce cannot repeat under a key.
/// </summary>
internal sealed class RecordKey : IDisposable
{
    private const int CounterOffset = Aead.NonceSize - sizeof(ulong);

    private readonly Aead _aead;
    private readonly SecretBuffer _iv;
    private readonly ulong _limit;

    /// <param name="key">32 bytes, "frame key".</param>
    /// <param name="iv">12 bytes, "frame iv".</param>
    public RecordKey(AeadId cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> iv, ulong limit = RecordLimits.HardRecords)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(iv.Length, Aead.NonceSize);
        Cipher = cipher;
        _aead = Aead.Create(cipher, key);
        _iv = new SecretBuffer(iv);
        _limit = limit;
    }

    /// <summary>Key and IV of a traffic or handshake secret.</summary>
    public static RecordKey Of(AeadId cipher, TrafficSecret secret)
    {
        Span<byte> key = stackalloc byte[TrafficSecret.KeySize];
        Span<byte> iv = stackalloc byte[TrafficSecret.IvSize];
        secret.DeriveFrameKey(key, iv);
        RecordKey result = new(cipher, key, iv);
        ConstantTime.Wipe(key);
        ConstantTime.Wipe(iv);
        return result;
    }

    public AeadId Cipher { get; }

    /// <summary>Records sealed or opened so far.</summary>
    public ulong Records { get; private set; }

    /// <summary>Inner bytes sealed or opened so far.</summary>
    public ulong Bytes { get; private set; }

    /// <summary>True once the owner should switch: the soft limit of records or bytes.</summary>
    public bool IsWorn => Records >= RecordLimits.SoftRecords || Bytes >= RecordLimits.SoftBytes;

    // Content and tag come as one span: more spans than registers are copied through memory, which a frame is short enough to feel.

    /// <summary>Seals in place.</summary>
    /// <param name="record">Content, and 16 bytes of room for the tag behind it.</param>
    public void Seal(ReadOnlySpan<byte> associatedData, Span<byte> record)
    {
        Span<byte> nonce = stackalloc byte[Aead.NonceSize];
        Span<byte> content = record[..^Aead.TagSize];
        NextNonce(nonce, content.Length);
        _aead.Seal(nonce, associatedData, content, content, record[^Aead.TagSize..]);
    }

    /// <summary>Opens in place; false leaves the content wiped.</summary>
    /// <param name="record">Content and tag.</param>
    public bool Open(ReadOnlySpan<byte> associatedData, Span<byte> record)
    {
        Span<byte> nonce = stackalloc byte[Aead.NonceSize];
        Span<byte> content = record[..^Aead.TagSize];
        NextNonce(nonce, content.Length);
        return _aead.Open(nonce, associatedData, content, record[^Aead.TagSize..], content);
    }

    public void Dispose()
    {
        _aead.Dispose();
        _iv.Dispose();
    }

    private void NextNonce(Span<byte> nonce, int length)
    {
        if (Records >= _limit)
            ProtocolException.Throw(AlertCode.SessionLimit, "hard limit of records under one key");

        // Not copied first and changed then: a read of bytes that were just written in other pieces waits for them.
        ReadOnlySpan<byte> iv = _iv.Span;
        BinaryPrimitives.WriteUInt32LittleEndian(nonce, BinaryPrimitives.ReadUInt32LittleEndian(iv));
        BinaryPrimitives.WriteUInt64BigEndian(nonce[CounterOffset..], BinaryPrimitives.ReadUInt64BigEndian(iv[CounterOffset..]) ^ Records);
        Records++;
        Bytes += (ulong)length;
    }
}
