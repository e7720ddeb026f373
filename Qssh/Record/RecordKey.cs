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

    /// <summary>Seals in place.</summary>
    public void Seal(ReadOnlySpan<byte> associatedData, Span<byte> content, Span<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[Aead.NonceSize];
        NextNonce(nonce, content.Length);
        _aead.Seal(nonce, associatedData, content, content, tag);
    }

    /// <summary>Opens in place; false leaves the content wiped.</summary>
    public bool Open(ReadOnlySpan<byte> associatedData, Span<byte> content, ReadOnlySpan<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[Aead.NonceSize];
        NextNonce(nonce, content.Length);
        return _aead.Open(nonce, associatedData, content, tag, content);
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

        _iv.Span.CopyTo(nonce);
        Span<byte> counter = nonce[4..];
        BinaryPrimitives.WriteUInt64BigEndian(counter, BinaryPrimitives.ReadUInt64BigEndian(counter) ^ Records);
        Records++;
        Bytes += (ulong)length;
    }
}
