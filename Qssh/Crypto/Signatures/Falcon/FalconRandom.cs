using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// The generator behind the sampler: ChaCha20 (RFC 8439, section 2.3) over a 32-byte key, then 64 bits of counter folded into the last
/// two words, eight blocks at a time with their words interleaved. The reference does so, and the known answers depend on it.
/// </summary>
internal ref struct FalconRandom
{
    public const int StateSize = InputWords * sizeof(uint);

    public const int BufferSize = Blocks * 64;

    private const int Blocks = 8;
    private const int InputWords = 12;

    private readonly Span<uint> _input;
    private readonly Span<byte> _buffer;
    private ulong _counter;
    private int _position;

    /// <param name="source">Takes 56 bytes from it.</param>
    /// <param name="workspace">Holds the state: secret, the caller wipes it.</param>
    public FalconRandom(scoped ref Keccak source, Span<byte> workspace)
    {
        _input = MemoryMarshal.Cast<byte, uint>(workspace[..StateSize]);
        _buffer = workspace.Slice(StateSize, BufferSize);
        Span<byte> seed = stackalloc byte[StateSize + sizeof(ulong)];
        source.Squeeze(seed);
        for (int i = 0; i < InputWords; i++)
            _input[i] = BinaryPrimitives.ReadUInt32LittleEndian(seed[(4 * i)..]);
        _counter = BinaryPrimitives.ReadUInt64LittleEndian(seed[StateSize..]);
        ConstantTime.Wipe(seed);
        Refill();
    }

    public byte NextByte()
    {
        byte next = _buffer[_position++];
        if (_position == BufferSize)
            Refill();
        return next;
    }

    /// <summary>The last bytes of a buffer are left: no value is split, and never the last byte taken.</summary>
    public ulong NextUInt64()
    {
        if (_position >= BufferSize - 9)
            Refill();
        ulong next = BinaryPrimitives.ReadUInt64LittleEndian(_buffer[_position..]);
        _position += sizeof(ulong);
        return next;
    }

    private void Refill()
    {
        Span<Vector128<uint>> state = stackalloc Vector128<uint>[16];
        Span<Vector128<uint>> input = stackalloc Vector128<uint>[16];
        Span<uint> words = MemoryMarshal.Cast<byte, uint>(_buffer);
        for (int first = 0; first < Blocks; first += Vector128<uint>.Count)
        {
            Load(state);
            for (int round = 0; round < 20; round += 2)
                DoubleRound(state);
            Load(input);
            for (int i = 0; i < state.Length; i++)
                (state[i] + input[i]).CopyTo(words[((Blocks * i) + first)..]);
            _counter += (ulong)Vector128<uint>.Count;
        }

        ConstantTime.Wipe(MemoryMarshal.AsBytes(input));
        ConstantTime.Wipe(MemoryMarshal.AsBytes(state));
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(words, words);
        _position = 0;
    }

    /// <summary>Four blocks, one in each lane.</summary>
    private readonly void Load(Span<Vector128<uint>> state)
    {
        state[0] = Vector128.Create(0x61707865u);
        state[1] = Vector128.Create(0x3320646eu);
        state[2] = Vector128.Create(0x79622d32u);
        state[3] = Vector128.Create(0x6b206574u);
        for (int i = 0; i < InputWords; i++)
            state[4 + i] = Vector128.Create(_input[i]);
        for (int lane = 0; lane < Vector128<uint>.Count; lane++)
        {
            ulong counter = _counter + (ulong)lane;
            state[14] = state[14].WithElement(lane, _input[10] ^ (uint)counter);
            state[15] = state[15].WithElement(lane, _input[11] ^ (uint)(counter >> 32));
        }
    }

    private static void DoubleRound(Span<Vector128<uint>> s)
    {
        QuarterRound(ref s[0], ref s[4], ref s[8], ref s[12]);
        QuarterRound(ref s[1], ref s[5], ref s[9], ref s[13]);
        QuarterRound(ref s[2], ref s[6], ref s[10], ref s[14]);
        QuarterRound(ref s[3], ref s[7], ref s[11], ref s[15]);
        QuarterRound(ref s[0], ref s[5], ref s[10], ref s[15]);
        QuarterRound(ref s[1], ref s[6], ref s[11], ref s[12]);
        QuarterRound(ref s[2], ref s[7], ref s[8], ref s[13]);
        QuarterRound(ref s[3], ref s[4], ref s[9], ref s[14]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        Vector128<uint> x = a + b;
        Vector128<uint> w = Rotate(d ^ x, 16);
        Vector128<uint> z = c + w;
        Vector128<uint> y = Rotate(b ^ z, 12);
        x += y;
        w = Rotate(w ^ x, 8);
        z += w;
        a = x;
        b = Rotate(y ^ z, 7);
        c = z;
        d = w;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotate(Vector128<uint> value, int count) => (value << count) | (value >>> (32 - count));
}
