using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Passwords;

/// <summary>
/// The memory of Argon2id and how it is filled (RFC 9106, sections 3.2 to 3.4). In the first half of the first pass, which blocks are read
/// depends on public numbers only; after that on the blocks, and so on the password: that is what the id form is.
/// </summary>
internal readonly ref struct Argon2Filler
{
    private const int Slices = 4;
    private const int TypeId = 2;
    private const int Words = Argon2Block.Words;

    private readonly Span<ulong> _memory;
    private readonly Argon2Parameters _parameters;
    private readonly int _laneLength;
    private readonly int _segmentLength;

    /// <param name="memory">As many bytes as <see cref="MemorySize"/> says, the first two blocks of each lane filled.</param>
    public Argon2Filler(Argon2Parameters parameters, Span<byte> memory)
    {
        _parameters = parameters;
        _memory = MemoryMarshal.Cast<byte, ulong>(memory);
        _laneLength = LaneLength(parameters);
        _segmentLength = _laneLength / Slices;
    }

    /// <summary>q, a multiple of 4.</summary>
    public static int LaneLength(Argon2Parameters parameters) => parameters.MemoryKiB / (Slices * parameters.Lanes) * Slices;

    /// <summary>Bytes of m' blocks.</summary>
    public static int MemorySize(Argon2Parameters parameters) => LaneLength(parameters) * parameters.Lanes * Argon2Block.Size;

    /// <summary>All passes; leaves the final block C in <paramref name="final"/>.</summary>
    public void Fill(Span<ulong> final)
    {
        Span<ulong> scratch = stackalloc ulong[Words];
        for (int pass = 0; pass < _parameters.Passes; pass++)
        {
            for (int slice = 0; slice < Slices; slice++)
            {
                for (int lane = 0; lane < _parameters.Lanes; lane++)
                    FillSegment(pass, slice, lane, scratch);
            }
        }

        final.Clear();
        for (int lane = 0; lane < _parameters.Lanes; lane++)
        {
            ReadOnlySpan<ulong> last = Block(lane, _laneLength - 1);
            for (int i = 0; i < Words; i++)
                final[i] ^= last[i];
        }

        ConstantTime.Wipe(MemoryMarshal.AsBytes(scratch));
    }

    private void FillSegment(int pass, int slice, int lane, Span<ulong> scratch)
    {
        bool isIndependent = pass == 0 && slice < Slices / 2;
        Span<ulong> addresses = stackalloc ulong[Words];
        int first = pass == 0 && slice == 0 ? 2 : 0;
        if (isIndependent && first != 0)
            Addresses(pass, slice, lane, 1, scratch, addresses);
        for (int index = first; index < _segmentLength; index++)
        {
            if (isIndependent && index % Words == 0)
                Addresses(pass, slice, lane, (index / Words) + 1, scratch, addresses);
            int column = (slice * _segmentLength) + index;
            ReadOnlySpan<ulong> previous = Block(lane, (column == 0 ? _laneLength : column) - 1);
            ulong pseudorandom = isIndependent ? addresses[index % Words] : Declassified.Value(previous[0]);
            Argon2Block.Compress(previous, Reference(pass, slice, lane, index, pseudorandom), scratch, Block(lane, column), pass != 0);
        }

        ConstantTime.Wipe(MemoryMarshal.AsBytes(addresses));
    }

    /// <summary>J1 and J2 of the next 128 blocks of the data-independent form (section 3.4.1.2).</summary>
    private void Addresses(int pass, int slice, int lane, int counter, Span<ulong> scratch, Span<ulong> addresses)
    {
        Span<ulong> zero = stackalloc ulong[Words];
        Span<ulong> input = stackalloc ulong[Words];
        zero.Clear();
        input.Clear();
        input[0] = (ulong)pass;
        input[1] = (ulong)lane;
        input[2] = (ulong)slice;
        input[3] = (ulong)(_laneLength * _parameters.Lanes);
        input[4] = (ulong)_parameters.Passes;
        input[5] = TypeId;
        input[6] = (ulong)counter;
        Argon2Block.Compress(zero, input, scratch, addresses, false);
        addresses.CopyTo(input);
        Argon2Block.Compress(zero, input, scratch, addresses, false);
    }

    /// <summary>B[l][z]: from J1 and J2 to a block that is finished and not the previous one (section 3.4.2).</summary>
    private ReadOnlySpan<ulong> Reference(int pass, int slice, int lane, int index, ulong pseudorandom)
    {
        uint j1 = (uint)pseudorandom;
        uint j2 = (uint)(pseudorandom >> 32);
        bool isFirstSlice = pass == 0 && slice == 0;
        int other = isFirstSlice ? lane : (int)(j2 % (uint)_parameters.Lanes);
        int finished = pass == 0 ? slice * _segmentLength : _laneLength - _segmentLength;
        int area = finished + (other == lane ? index - 1 : index == 0 ? -1 : 0);
        ulong x = ((ulong)j1 * j1) >> 32;
        int relative = area - 1 - (int)(((ulong)area * x) >> 32);
        int start = pass == 0 || slice == Slices - 1 ? 0 : (slice + 1) * _segmentLength;
        return Block(other, (start + relative) % _laneLength);
    }

    private Span<ulong> Block(int lane, int column) => _memory.Slice(((lane * _laneLength) + column) * Words, Words);
}
