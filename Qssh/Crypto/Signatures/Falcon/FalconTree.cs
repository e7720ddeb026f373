namespace Qssh.Crypto.Signatures.Falcon;

/// <summary>
/// The Falcon tree (section 3.8.3) laid out flat: a node of n values is l10, then the left and the right subtree; a leaf is one value,
/// 1 / sigma' of the sampler. Secret.
/// </summary>
internal static class FalconTree<T>
    where T : unmanaged, IFalconReal<T>
{
    /// <summary>Values of a tree over n = 2^logN.</summary>
    public static int Size(int logN) => (logN + 1) << logN;

    /// <summary>Values of workspace that <see cref="Build"/> and <see cref="Sample"/> want for degree n.</summary>
    public static int WorkspaceSize(int n) => 2 * n;

    /// <summary>
    /// Algorithms 8 and 9, ffLDL* and normalisation, of a self-adjoint matrix whose lower left corner is the adjoint of g01.
    /// Overwrites the matrix.
    /// </summary>
    public static void Build(Span<T> tree, Span<T> g00, Span<T> g01, Span<T> g11, T inverseSigma, Span<T> workspace)
    {
        int n = g00.Length;
        if (n == 1)
        {
            tree[0] = T.SquareRoot(g00[0]) * inverseSigma;
            return;
        }

        FalconFftPolynomial<T>.Ldl(g00, g01, g11);
        g01.CopyTo(tree);
        int half = n / 2;
        Span<T> split = workspace[..n];
        Children(tree, n, out Span<T> left, out Span<T> right);
        // The children are quasi-cyclic: both corners of the diagonal are the even half. g01 has room for the copies.
        FalconFft<T>.Split(g00, split[..half], split[half..]);
        split.CopyTo(g00);
        FalconFft<T>.Split(g11, split[..half], split[half..]);
        split.CopyTo(g11);
        g00[..half].CopyTo(g01);
        g11[..half].CopyTo(g01[half..]);
        Build(left, g00[..half], g00[half..], g01[..half], inverseSigma, workspace);
        Build(right, g11[..half], g11[half..], g01[half..], inverseSigma, workspace);
    }

    /// <summary>Algorithm 11, ffSampling: replaces the target (t0, t1) by integers near it, all in the transformed domain.</summary>
    public static void Sample(ref FalconSampler<T> sampler, scoped Span<T> t0, scoped Span<T> t1, scoped Span<T> tree, scoped Span<T> workspace)
    {
        int n = t0.Length;
        if (n == 1)
        {
            t0[0] = T.FromInteger(sampler.Sample(t0[0], tree[0]));
            t1[0] = T.FromInteger(sampler.Sample(t1[0], tree[0]));
            return;
        }

        int half = n / 2;
        Children(tree, n, out Span<T> left, out Span<T> right);
        Span<T> z = workspace[..n];
        Span<T> rest = workspace[n..];
        FalconFft<T>.Split(t1, z[..half], z[half..]);
        Sample(ref sampler, z[..half], z[half..], right, rest);
        Span<T> z1 = rest[..n];
        FalconFft<T>.Merge(z[..half], z[half..], z1);

        // t0 + (t1 - z1) l10 is the target of the left half.
        FalconFftPolynomial<T>.Subtract(t1, z1);
        FalconFftPolynomial<T>.Multiply(t1, tree[..n]);
        FalconFftPolynomial<T>.Add(t0, t1);
        z1.CopyTo(t1);
        FalconFft<T>.Split(t0, z[..half], z[half..]);
        Sample(ref sampler, z[..half], z[half..], left, rest);
        FalconFft<T>.Merge(z[..half], z[half..], t0);
    }

    private static void Children(Span<T> tree, int n, out Span<T> left, out Span<T> right)
    {
        int size = (tree.Length - n) / 2;
        left = tree.Slice(n, size);
        right = tree.Slice(n + size, size);
    }
}
