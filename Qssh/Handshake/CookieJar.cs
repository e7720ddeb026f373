using System.Buffers.Binary;
using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Schedule;
using Qssh.Secrets;

namespace Qssh.Handshake;

/// <summary>
/// What a server without state knows again by (docs/protocol.md, section 4, Cookie). One jar for all connections of a listener.
/// | offset | size | field |
/// |      0 |    1 | key id |
/// |      1 |    8 | unix time |
/// |      9 |    1 | kem |
/// |     10 |    1 | work |
/// |     11 |   64 | H(first CH) |
/// |     75 |   32 | Derive(cookie key, "cookie", address 16 ‖ the 75 bytes before) |
/// </summary>
internal sealed class CookieJar : IDisposable
{
    public const int CookieSize = FieldsSize + MacSize;

    /// <summary>IPv4 addresses are mapped into it.</summary>
    public const int AddressSize = 16;

    /// <summary>Seconds that a cookie is good for.</summary>
    public const int Lifetime = 30;

    /// <summary>Seconds after which a new key is drawn; the previous one is kept for as long again.</summary>
    public const int KeyLifetime = 60;

    /// <summary>Cookies remembered as spent. When full, hellos are refused: memory stays bounded and nothing is accepted twice.</summary>
    public const int MaximumSpent = 65_536;

    private const int TimeOffset = 1;
    private const int KemOffset = TimeOffset + sizeof(ulong);
    private const int WorkOffset = KemOffset + 1;
    private const int HashOffset = WorkOffset + 1;
    private const int FieldsSize = HashOffset + Kdf.HashSize;
    private const int MacSize = 32;

    private readonly int _maximumSpent;
    private CookieKey? _current;
    private CookieKey? _previous;

    public CookieJar(int maximumSpent = MaximumSpent) => _maximumSpent = maximumSpent;

    /// <summary>The derandomised form, for known answers.</summary>
    internal CookieJar(byte keyId, ReadOnlySpan<byte> key, long unixTime)
        : this() => _current = new CookieKey(keyId, unixTime, key);

    /// <summary>HR2.</summary>
    public void Issue(ReadOnlySpan<byte> address, long unixTime, KemId kem, int work, ReadOnlySpan<byte> firstHello, Span<byte> cookie)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(address.Length, AddressSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(cookie.Length, CookieSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(work, WorkPuzzle.MaximumBits);
        CookieKey key = Rotate(unixTime);
        cookie[0] = key.Id;
        BinaryPrimitives.WriteUInt64BigEndian(cookie[TimeOffset..], (ulong)unixTime);
        cookie[KemOffset] = (byte)kem;
        cookie[WorkOffset] = (byte)work;
        firstHello.CopyTo(cookie[HashOffset..FieldsSize]);
        key.ComputeMac(address, cookie[..FieldsSize], cookie[FieldsSize..]);
    }

    /// <summary>HR6: MAC, age and address. A failure is alert 5, whichever it was.</summary>
    public OpenedCookie Open(ReadOnlySpan<byte> cookie, ReadOnlySpan<byte> address, long unixTime)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(address.Length, AddressSize);
        CookieKey current = Rotate(unixTime);
        CookieKey? key = cookie[0] == current.Id ? current : cookie[0] == _previous?.Id ? _previous : null;
        if (key is null)
            Fail("cookie of a key that is gone");

        Span<byte> mac = stackalloc byte[MacSize];
        key.ComputeMac(address, cookie[..FieldsSize], mac);
        if (!ConstantTime.AreEqual(mac, cookie[FieldsSize..]))
            Fail("cookie does not verify");

        long age = unixTime - (long)BinaryPrimitives.ReadUInt64BigEndian(cookie[TimeOffset..]);
        if (age is < 0 or > Lifetime)
            Fail("cookie is too old");

        return new OpenedCookie((KemId)cookie[KemOffset], cookie[WorkOffset], cookie[HashOffset..FieldsSize]);
    }

    /// <summary>While busy, each cookie is accepted once. To be called after everything else about the hello is right.</summary>
    public void Spend(ReadOnlySpan<byte> cookie)
    {
        if ((_current?.SpentCount ?? 0) + (_previous?.SpentCount ?? 0) >= _maximumSpent)
            ProtocolException.Throw(AlertCode.Refused, "too many cookies spent in the last two minutes");

        CookieKey? key = cookie[0] == _current?.Id ? _current : cookie[0] == _previous?.Id ? _previous : null;
        if (key is null || !key.Spend(BinaryPrimitives.ReadUInt128BigEndian(cookie[FieldsSize..])))
            Fail("cookie was spent before");
    }

    public void Dispose()
    {
        _current?.Dispose();
        _previous?.Dispose();
        _current = _previous = null;
    }

    private CookieKey Rotate(long unixTime)
    {
        if (_current is { } current)
        {
            long age = unixTime - current.Since;

            // A clock that was set back must not keep a key alive.
            if (age is >= 0 and < KeyLifetime)
                return current;
            _previous?.Dispose();
            _previous = age is >= 0 and < 2 * KeyLifetime ? current : Drop(current);
        }

        return _current = new CookieKey((byte)((_current?.Id ?? 0) + 1), unixTime);
    }

    private static CookieKey? Drop(CookieKey key)
    {
        key.Dispose();
        return null;
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private static void Fail(string reason) => ProtocolException.Throw(AlertCode.HandshakeFailed, reason);
}
