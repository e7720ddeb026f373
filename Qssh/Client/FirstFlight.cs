using System.Buffers;
using Qssh.Handshake;
using Qssh.Transport;

namespace Qssh.Client;

/// <summary>
/// The session stream before there is a session: what is written is kept. Its beginning travels with the login (<c>first</c> of
/// UserAuth), the rest follows when the link is there; from then on everything passes through.
/// </summary>
internal sealed class FirstFlight(int roundTrip) : ISessionLink
{
    private readonly ArrayBufferWriter<byte> _kept = new(1024);
    private ISessionLink? _link;

    public int Room => _link?.Room ?? 0;

    public int RoundTrip => _link?.RoundTrip ?? roundTrip;

    /// <summary>The same in every attempt: of a failed one the server drops it.</summary>
    public ReadOnlyMemory<byte> First => _kept.WrittenMemory[..Math.Min(_kept.WrittenCount, HandshakeLimits.First)];

    public void Write(ReadOnlySpan<byte> messages)
    {
        if (_link is { } link)
            link.Write(messages);
        else
            _kept.Write(messages);
    }

    /// <summary>The login has succeeded and <see cref="First"/> was delivered with it.</summary>
    public void Attach(ISessionLink link)
    {
        _link = link;
        if (_kept.WrittenCount > HandshakeLimits.First)
            link.Write(_kept.WrittenSpan[HandshakeLimits.First..]);
        _kept.Clear();
    }
}
