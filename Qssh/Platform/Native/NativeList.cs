using System.Runtime.InteropServices;

namespace Qssh.Platform.Native;

/// <summary>A NULL-ended array of C strings in one block of native memory: argv or environ.</summary>
internal sealed unsafe class NativeList : IDisposable
{
    private byte** _memory;

    public NativeList(IReadOnlyList<string> items)
    {
        int size = (items.Count + 1) * sizeof(byte*);
        byte[][] encoded = new byte[items.Count][];
        for (int i = 0; i < encoded.Length; i++)
        {
            encoded[i] = NativeText.Of(items[i]);
            size += encoded[i].Length;
        }

        _memory = (byte**)NativeMemory.Alloc((nuint)size);
        byte* end = (byte*)_memory + size;
        byte* next = (byte*)(_memory + items.Count + 1);
        for (int i = 0; i < items.Count; i++)
        {
            _memory[i] = next;
            encoded[i].CopyTo(new Span<byte>(next, (int)(end - next)));
            next += encoded[i].Length;
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
