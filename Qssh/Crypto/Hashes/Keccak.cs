using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Qssh.Crypto.Hashes;

/// <summary>
/// The sponge of FIPS 202 over Keccak-p[1600, 24]: absorb any number of pieces, then squeeze any number of pieces.
/// A value type: a copy is an independent continuation of the same input (the transcript relies on that).
/// </summary>
internal struct Keccak
{
    private const int StateSize = 200;

    private State _state;
    private readonly int _rate;
    private readonly byte _suffix;
    private int _position;
    private bool _squeezing;

    private Keccak(int rate, byte suffix)
    {
        _state = default;
        _rate = rate;
        _suffix = suffix;
        _position = 0;
        _squeezing = false;
    }

    public static Keccak Shake128() => new(168, 0x1F);

    public static Keccak Shake256() => new(136, 0x1F);

    public static Keccak Sha3_224() => new(144, 0x06);

    public static Keccak Sha3_256() => new(136, 0x06);

    public static Keccak Sha3_384() => new(104, 0x06);

    public static Keccak Sha3_512() => new(72, 0x06);

    /// <summary>cSHAKE and what is built on it (SP 800-185): the domain suffix is 00, the caller absorbs the prefix.</summary>
    public static Keccak CShake128() => new(168, 0x04);

    public static Keccak CShake256() => new(136, 0x04);

    /// <summary>Block size in bytes.</summary>
    public readonly int Rate => _rate;

    public void Absorb(scoped ReadOnlySpan<byte> data)
    {
        if (_squeezing)
            throw new InvalidOperationException("absorb after squeeze");

        while (!data.IsEmpty)
        {
            int count = Math.Min(_rate - _position, data.Length);
            XorIn(data[..count]);
            data = data[count..];
            if (_position == _rate)
                Permute();
        }
    }

    /// <summary>Absorbs zeros up to the next multiple of the rate (bytepad of SP 800-185).</summary>
    public void PadToRate()
    {
        if (_position != 0)
            Permute();
    }

    public void Squeeze(scoped Span<byte> output)
    {
        if (!_squeezing)
            Pad();

        while (!output.IsEmpty)
        {
            if (_position == _rate)
                Permute();
            int count = Math.Min(_rate - _position, output.Length);
            Bytes(ref _state).Slice(_position, count).CopyTo(output);
            _position += count;
            output = output[count..];
        }
    }

    /// <summary>Wipes the state; the value can then not be used.</summary>
    public void Clear()
    {
        Secrets.ConstantTime.Wipe(Bytes(ref _state));
        _squeezing = true;
        _position = 0;
    }

    private void Pad()
    {
        Span<byte> bytes = Bytes(ref _state);
        bytes[_position] ^= _suffix;
        bytes[_rate - 1] ^= 0x80;
        Permute();
        _squeezing = true;
    }

    private void XorIn(scoped ReadOnlySpan<byte> data)
    {
        Span<byte> target = Bytes(ref _state).Slice(_position, data.Length);
        ref byte x = ref MemoryMarshal.GetReference(target);
        ref byte y = ref MemoryMarshal.GetReference(data);
        int i = 0;
        for (; i <= data.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            (Vector128.LoadUnsafe(ref x, (nuint)i) ^ Vector128.LoadUnsafe(ref y, (nuint)i)).StoreUnsafe(ref x, (nuint)i);
        for (; i < data.Length; i++)
            target[i] ^= data[i];
        _position += data.Length;
    }

    private void Permute()
    {
        KeccakPermutation.Permute(MemoryMarshal.Cast<byte, ulong>(Bytes(ref _state)));
        _position = 0;
    }

    private static Span<byte> Bytes(ref State state) => MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref Unsafe.As<State, ulong>(ref state), StateSize / 8));

    [InlineArray(StateSize / 8)]
    private struct State
    {
        private ulong _lane;
    }
}
