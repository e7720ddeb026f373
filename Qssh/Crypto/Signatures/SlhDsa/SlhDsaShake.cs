using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>
/// F, H, T_l and PRF of the SHAKE sets: SHAKE256(PK.seed || ADRS || M, 8n) (FIPS 205, section 11.1). All but T_l fit one block.
/// </summary>
internal struct SlhDsaShake<TLanes> : ISlhDsaHash<SlhDsaShake<TLanes>>
    where TLanes : struct, IKeccakLanes
{
    private const int StateWords = 25;
    private const int RateWords = 17;
    private const ulong Suffix = 0x1F;
    private const ulong LastBit = 0x80UL << 56;

    private States _states;
    private Seed _seed;
    private readonly int _seedWords;

    private SlhDsaShake(int seedWords) => _seedWords = seedWords;

    public static int Lanes => TLanes.Count;

    public static SlhDsaShake<TLanes> Create(SlhDsaParameters parameters, ReadOnlySpan<byte> pkSeed)
    {
        SlhDsaShake<TLanes> hash = new(parameters.N / sizeof(ulong));
        pkSeed.CopyTo(MemoryMarshal.AsBytes((Span<ulong>)hash._seed));
        return hash;
    }

    public void Hash(ReadOnlySpan<SlhDsaAddress> addresses, ReadOnlySpan<byte> messages, Span<byte> outputs)
    {
        // A single hash is faster alone than beside idle lanes.
        if (addresses.Length == 1)
            Hash<KeccakLanes1>(addresses, messages, outputs);
        else
            Hash<TLanes>(addresses, messages, outputs);
    }

    public void Clear() => ConstantTime.Wipe(MemoryMarshal.AsBytes((Span<ulong>)_states));

    private void Hash<T>(ReadOnlySpan<SlhDsaAddress> addresses, ReadOnlySpan<byte> messages, Span<byte> outputs)
        where T : struct, IKeccakLanes
    {
        Span<ulong> states = ((Span<ulong>)_states)[..(StateWords * T.Count)];
        states.Clear();
        int size = messages.Length / addresses.Length;
        int blocks = (_seedWords + SlhDsaAddress.Words + (size / sizeof(ulong))) / RateWords;
        for (int lane = 0; lane < addresses.Length; lane++)
            Start<T>(states[lane..], addresses[lane]);

        int position = _seedWords + SlhDsaAddress.Words;
        int offset = 0;
        for (int block = 0; block < blocks; block++)
        {
            int count = (RateWords - position) * sizeof(ulong);
            Absorb<T>(states, position, messages[offset..], count, size, addresses.Length);
            T.Permute(states);
            offset += count;
            position = 0;
        }

        Absorb<T>(states, position, messages[offset..], size - offset, size, addresses.Length);
        Pad<T>(states, position + ((size - offset) / sizeof(ulong)));
        T.Permute(states);
        Squeeze<T>(states, outputs, addresses.Length);
    }

    /// <summary>PK.seed and ADRS into one lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Start<T>(Span<ulong> state, in SlhDsaAddress address)
        where T : struct, IKeccakLanes
    {
        for (int i = 0; i < _seedWords; i++)
            state[i * T.Count] = _seed[i];
        int position = _seedWords * T.Count;
        state[position] = address.Word0;
        state[position + T.Count] = address.Word1;
        state[position + (2 * T.Count)] = address.Word2;
        state[position + (3 * T.Count)] = address.Word3;
    }

    /// <param name="messages">From the place in the first message on.</param>
    /// <param name="count">Bytes of each to absorb.</param>
    /// <param name="stride">From one message to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Absorb<T>(Span<ulong> states, int position, ReadOnlySpan<byte> messages, int count, int stride, int lanes)
        where T : struct, IKeccakLanes
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            ReadOnlySpan<byte> message = messages.Slice(lane * stride, count);
            int word = (position * T.Count) + lane;
            for (; message.Length >= sizeof(ulong); message = message[sizeof(ulong)..], word += T.Count)
                states[word] ^= BinaryPrimitives.ReadUInt64LittleEndian(message);
        }
    }

    private static void Pad<T>(Span<ulong> states, int position)
        where T : struct, IKeccakLanes
    {
        for (int lane = 0; lane < T.Count; lane++)
        {
            states[(position * T.Count) + lane] ^= Suffix;
            states[((RateWords - 1) * T.Count) + lane] ^= LastBit;
        }
    }

    private readonly void Squeeze<T>(ReadOnlySpan<ulong> states, Span<byte> outputs, int lanes)
        where T : struct, IKeccakLanes
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            for (int i = 0; i < _seedWords; i++, outputs = outputs[sizeof(ulong)..])
                BinaryPrimitives.WriteUInt64LittleEndian(outputs, states[(i * T.Count) + lane]);
        }
    }

    [InlineArray(StateWords * SlhDsaBatch.Largest)]
    private struct States
    {
        private ulong _word;
    }

    [InlineArray(SlhDsaParameters.LargestN / sizeof(ulong))]
    private struct Seed
    {
        private ulong _word;
    }
}
