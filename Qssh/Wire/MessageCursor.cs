namespace Qssh.Wire;

/// <summary>The messages that end in one payload. Each view is good until the next call, and no longer than the payload.</summary>
internal ref struct MessageCursor
{
    private readonly MessageAssembler _owner;
    private ReadOnlySpan<byte> _payload;

    internal MessageCursor(MessageAssembler owner, ReadOnlySpan<byte> payload)
    {
        _owner = owner;
        _payload = payload;
    }

    public bool TryNext(out ReadOnlySpan<byte> message) => _owner.TryNext(ref _payload, out message);
}
