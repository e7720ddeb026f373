using Qssh.Crypto.Rng;
using Qssh.Schedule;
using Qssh.Secrets;

namespace Qssh.Handshake;

/// <summary>One key of the cookie jar with the cookies under it that were spent. Wiped on dispose.</summary>
internal sealed class CookieKey : IDisposable
{
    private readonly SecretBuffer _key = new(Kdf.SecretSize);
    private HashSet<UInt128>? _spent;

    public CookieKey(byte id, long since)
    {
        Id = id;
        Since = since;
        SystemRandom.Fill(_key.Span);
    }

    /// <summary>The derandomised form, for known answers.</summary>
    internal CookieKey(byte id, long since, ReadOnlySpan<byte> key)
    {
        Id = id;
        Since = since;
        key.CopyTo(_key.Span);
    }

    public byte Id { get; }

    /// <summary>Unix time of its first use.</summary>
    public long Since { get; }

    public int SpentCount => _spent?.Count ?? 0;

    /// <summary>The MAC over the address and the cookie's own first bytes.</summary>
    public void ComputeMac(ReadOnlySpan<byte> address, ReadOnlySpan<byte> fields, Span<byte> mac)
    {
        Span<byte> input = stackalloc byte[address.Length + fields.Length];
        address.CopyTo(input);
        fields.CopyTo(input[address.Length..]);
        Kdf.Derive(_key.Span, Labels.Derive.Cookie, input, mac);
    }

    /// <summary>False when it was spent before.</summary>
    public bool Spend(UInt128 name) => (_spent ??= []).Add(name);

    public void Dispose() => _key.Dispose();
}
