using System.Buffers.Binary;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Signatures.MlDsa;

/// <summary>
/// The masks y of algorithm 34 (ExpandMask) as one sequence: kappa grows by l with every rejection, so the polynomials of all rounds
/// are numbered through, and two are squeezed at a time.
/// </summary>
internal ref struct MlDsaMasks
{
    /// <summary>Five blocks hold 640 bytes, and 576.</summary>
    private const int Size = 5 * KeccakPair.Shake256Rate;

    /// <summary>What the constructor takes as memory.</summary>
    public const int WorkspaceSize = (2 * Size) + (2 * SeedSize);

    private const int SeedSize = MlDsaParameters.LongSize + 2;

    private readonly MlDsaParameters _parameters;
    private readonly Span<byte> _output;
    private readonly Span<byte> _seeds;
    private int _next;

    /// <param name="workspace">Holds secrets afterwards: the caller wipes it.</param>
    public MlDsaMasks(MlDsaParameters parameters, ReadOnlySpan<byte> rhoSecond, Span<byte> workspace)
    {
        _parameters = parameters;
        _output = workspace[..(2 * Size)];
        _seeds = workspace.Slice(2 * Size, 2 * SeedSize);
        rhoSecond.CopyTo(_seeds);
        rhoSecond.CopyTo(_seeds[SeedSize..]);
    }

    /// <summary>The next l polynomials.</summary>
    public void ExpandMask(PolynomialVector y)
    {
        for (int r = 0; r < y.Count; r++)
        {
            if ((_next & 1) == 0)
                Squeeze();
            int size = MlDsaParameters.PackedSize(_parameters.ZBits);
            MlDsaPacking.BitUnpack(_output.Slice((_next & 1) * Size, size), _parameters.Gamma1, _parameters.ZBits, y[r]);
            _next++;
        }
    }

    private readonly void Squeeze()
    {
        Span<byte> first = _seeds[..SeedSize];
        Span<byte> second = _seeds.Slice(SeedSize, SeedSize);
        BinaryPrimitives.WriteUInt16LittleEndian(first[^2..], checked((ushort)_next));
        BinaryPrimitives.WriteUInt16LittleEndian(second[^2..], checked((ushort)(_next + 1)));
        KeccakPair sponges = KeccakPair.Shake256(first, second);
        sponges.SqueezeBlocks(_output[..Size], _output[Size..]);
        sponges.Clear();
    }
}
