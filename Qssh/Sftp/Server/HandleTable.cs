using System.Buffers.Binary;
using Qssh.Crypto.Rng;

namespace Qssh.Sftp.Server;

/// <summary>
/// What the client has open, by names that it cannot guess and that are never given twice: a slot and 64 random bits. A handle that was
/// closed is nobody's, also when its slot has a new file.
/// </summary>
internal sealed class HandleTable : IDisposable
{
    public const int Capacity = 1024;

    public const int NameSize = sizeof(uint) + sizeof(ulong);

    private readonly List<(OpenHandle? Handle, ulong Tag)> _slots = [];
    private readonly Stack<int> _free = [];

    public bool IsFull => _slots.Count - _free.Count == Capacity;

    /// <summary>Takes over the handle and writes its name.</summary>
    public void Add(OpenHandle handle, Span<byte> name)
    {
        if (IsFull)
            throw new InvalidOperationException("more handles than there is room for");
        SystemRandom.Fill(name);
        if (!_free.TryPop(out int slot))
        {
            slot = _slots.Count;
            _slots.Add(default);
        }

        BinaryPrimitives.WriteUInt32BigEndian(name, (uint)slot);
        _slots[slot] = (handle, BinaryPrimitives.ReadUInt64BigEndian(name[sizeof(uint)..]));
    }

    public OpenHandle? Find(ReadOnlySpan<byte> name) => SlotOf(name) is { } slot ? _slots[slot].Handle : null;

    /// <summary>The caller's now. Null: no such handle.</summary>
    public OpenHandle? Remove(ReadOnlySpan<byte> name)
    {
        if (SlotOf(name) is not { } slot)
            return null;
        OpenHandle? handle = _slots[slot].Handle;
        _slots[slot] = default;
        _free.Push(slot);
        return handle;
    }

    public IEnumerable<OpenHandle> All()
    {
        foreach ((OpenHandle? handle, _) in _slots)
        {
            if (handle is not null)
                yield return handle;
        }
    }

    public void Dispose()
    {
        foreach (OpenHandle handle in All())
            handle.Dispose();
        _slots.Clear();
        _free.Clear();
    }

    private int? SlotOf(ReadOnlySpan<byte> name)
    {
        if (name.Length != NameSize)
            return null;
        uint slot = BinaryPrimitives.ReadUInt32BigEndian(name);
        return slot < _slots.Count && _slots[(int)slot] is { Handle: not null } entry && entry.Tag == BinaryPrimitives.ReadUInt64BigEndian(name[sizeof(uint)..])
            ? (int)slot
            : null;
    }
}
