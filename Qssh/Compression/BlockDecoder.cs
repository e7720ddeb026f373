using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using Qssh.Errors;

namespace Qssh.Compression;

/// <summary>
/// Unpacks one direction of one channel, block after block. What comes in is hostile: every size is compared with what may still be put out
/// before anything is written, every distance with what was put out before, and all memory is taken at the start. No unsafe code.
/// </summary>
internal abstract class BlockDecoder(int window) : IDisposable
{
    /// <summary>Bytes that one block may give.</summary>
    public const int MaxOutput = 32_768;

    /// <summary>Bytes of one block: some packers let what does not shrink grow by an eighth.</summary>
    public const int MaxBlock = MaxOutput + 8192;

    /// <summary>Bits are read eight bytes at a time, also around the first and the last ones.</summary>
    protected const int InputPad = 32;

    /// <summary>Copies of sixteen bytes may end behind their end.</summary>
    private const int Slack = 32;

    private readonly byte[] _input = new byte[InputPad + MaxBlock + InputPad];

    /// <summary>What was put out, in one piece that begins again with the last window of it when it is full.</summary>
    protected byte[] History { get; } = new byte[(2 * window) + MaxOutput + Slack];

    /// <summary>Where the next byte is put.</summary>
    protected int Position { get; set; }

    /// <summary>The place in <see cref="History"/> that this block must not pass.</summary>
    protected int End { get; private set; }

    /// <param name="limit">Bytes that the block may give, at most <see cref="MaxOutput"/>.</param>
    /// <returns>At least one byte; a view until the next call.</returns>
    /// <exception cref="ProtocolException">The block is not one, or gives nothing or more than the limit.</exception>
    public ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> block, int limit)
    {
        if (block.Length > MaxBlock)
            ProtocolException.Throw("compressed block is too long");
        MakeRoom();
        int start = Position;
        End = start + Math.Min(limit, MaxOutput);
        block.CopyTo(_input.AsSpan(InputPad));
        _input.AsSpan(InputPad + block.Length, InputPad).Clear();
        DecodeBlock(_input, block.Length);
        if (Position == start)
            ProtocolException.Throw("compressed block gives nothing");
        return History.AsSpan(start, Position - start);
    }

    /// <summary>Plain text of the channel was in there.</summary>
    public virtual void Dispose()
    {
        Array.Clear(History);
        Array.Clear(_input);
    }

    /// <param name="input">The block after <see cref="InputPad"/> bytes, and as many after it.</param>
    protected abstract void DecodeBlock(ReadOnlySpan<byte> input, int size);

    protected void CopyLiterals(ReadOnlySpan<byte> literals)
    {
        if (literals.Length > End - Position)
            TooMuch();
        literals.CopyTo(History.AsSpan(Position));
        Position += literals.Length;
    }

    protected static void TooMuch() => ProtocolException.Throw("compressed block gives more than it may");

    /// <summary>The caller has compared the distance with the position and the length with the end.</summary>
    protected static void CopyMatch(Span<byte> history, int to, int distance, int length)
    {
        int from = to - distance;
        if (distance >= Vector128<byte>.Count)
        {
            for (int end = to + length; to < end; to += Vector128<byte>.Count, from += Vector128<byte>.Count)
                Vector128.Create((ReadOnlySpan<byte>)history.Slice(from, Vector128<byte>.Count)).CopyTo(history.Slice(to, Vector128<byte>.Count));
        }
        else if (distance == 1)
        {
            history.Slice(to, length).Fill(history[from]);
        }
        else
        {
            for (int end = to + length; to < end; to++, from++)
                history[to] = history[from];
        }
    }

    /// <summary>Sixty-four bits, the first of which holds bit <paramref name="bit"/>.</summary>
    protected static ulong Load(ReadOnlySpan<byte> input, int bit) => BinaryPrimitives.ReadUInt64LittleEndian(input[(bit >> 3)..]);

    private void MakeRoom()
    {
        if (Position + MaxOutput + Slack <= History.Length)
            return;
        History.AsSpan(Position - window, window).CopyTo(History);
        Position = window;
    }
}
