using System.Runtime.InteropServices;
using System.Text;

namespace Qssh.Platform.Native;

/// <summary>A NULL-ended array of C strings in one block of native memory: argv or environ.</summary>
internal sealed unsafe class NativeList : IDisposable
{
    private byte** _memory;

    public NativeList(IReadOnlyList<string> items)
    {
        int size = (items.Count + 1) * sizeof(byte*);
        foreach (string item in items)
        {
            if (item.Contains('\0'))
                throw new ArgumentException("text for the system must not contain NUL", nameof(items));
            size += Encoding.UTF8.GetByteCount(item) + 1;
        }
        _memory = (byte**)NativeMemory.Alloc((nuint)size);
        byte* end = (byte*)_memory + size;
        byte* next = (byte*)(_memory + items.Count + 1);
        for (int i = 0; i < items.Count; i++)
        {
            _memory[i] = next;
            next += Encoding.UTF8.GetBytes(items[i], new Span<byte>(next, (int)(end - next)));
            *next++ = 0;
        }
        _memory[items.Count] = null;
    }

    ~NativeList() => Dispose();

    public byte** Pointer => _memory;

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
        GC.SuppressFinalize(this);
    }
}
