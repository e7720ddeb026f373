using System.Buffers.Binary;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// The distribution of f and g (algorithm 5, lines 2 to 5): a Gaussian of deviation 1.17 sqrt(q / 2n), as the sum of 1024 / n samples
/// of that for n = 1024. Tables are read whole. Draws from SHAKE256 as the reference does.
/// </summary>
internal ref struct SmallGaussian
{
    private const ulong Magnitude = ulong.MaxValue >> 1;

    private const int Largest = sbyte.MaxValue;

    private readonly Span<byte> _buffer;
    private Keccak _source;
    private int _position;

    /// <param name="buffer">Secret, the caller wipes it.</param>
    public SmallGaussian(ReadOnlySpan<byte> seed, Span<byte> buffer)
    {
        _buffer = buffer;
        _position = buffer.Length;
        _source = Keccak.Shake256();
        _source.Absorb(seed);
    }

    /// <summary>Times 2^63: first the probability of zero; then at place k that of a magnitude above k, given that it is not zero.</summary>
    private static ReadOnlySpan<ulong> Table =>
    [
        1283868770400643928, 6416574995475331444, 4078260278032692663, 2353523259288686585, 1227179971273316331, 575931623374121527,
        242543240509105209, 91437049221049666, 30799446349977173, 9255276791179340, 2478152334826140, 590642893610164, 125206034929641,
        23590435911403, 3948334035941, 586753615614, 77391054539, 9056793210, 940121950, 86539696, 7062824, 510971, 32764, 1862, 94, 4, 0,
    ];

    /// <summary>Whole multiples of a sample's bytes.</summary>
    public static int BufferSize => 136;

    /// <summary>A polynomial with an odd sum of coefficients: its resultant is then odd. A last coefficient that fails is drawn again.</summary>
    public void Fill(Span<sbyte> polynomial)
    {
        int parity = 0;
        for (int i = 0; i < polynomial.Length; i++)
        {
            int value;
            int refused;
            int last = i == polynomial.Length - 1 ? 1 : 0;
            do
            {
                value = Next(FalconParameters.LargestN / polynomial.Length);
                refused = ((value + Largest) >>> 31) | ((Largest - value) >>> 31) | (last & (parity ^ value ^ 1));
            }
            while (Declassified.Value(refused) != 0); // what is refused is forgotten

            parity ^= value;
            polynomial[i] = (sbyte)value;
        }
    }

    public void Clear() => _source.Clear();

    private int Next(int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
            sum += NextSample();
        return sum;
    }

    private int NextSample()
    {
        ReadOnlySpan<ulong> table = Table;
        ulong random = NextUInt64();
        int negative = (int)(random >> 63);
        uint done = (uint)(((random & Magnitude) - table[0]) >> 63);
        random = NextUInt64() & Magnitude;
        uint value = 0;
        for (int k = 1; k < table.Length; k++)
        {
            uint reached = (uint)((random - table[k]) >> 63) ^ 1;
            value |= (uint)k & (0 - (reached & (done ^ 1)));
            done |= reached;
        }

        return ((int)value ^ -negative) + negative;
    }

    private ulong NextUInt64()
    {
        if (_position == _buffer.Length)
        {
            _source.Squeeze(_buffer);
            _position = 0;
        }

        ulong next = BinaryPrimitives.ReadUInt64LittleEndian(_buffer[_position..]);
        _position += sizeof(ulong);
        return next;
    }
}
