namespace Qssh.Crypto.Hashes;

/// <summary>
/// A hash function as a value: a copy is an independent continuation of the same input. Used as a type argument of
/// <see cref="Hmac{THash}"/> and <see cref="Hkdf{THash}"/>.
/// </summary>
internal interface IHashFunction<TSelf>
    where TSelf : struct, IHashFunction<TSelf>
{
    /// <summary>Bytes of output.</summary>
    public static abstract int HashSize { get; }

    /// <summary>Bytes of input taken at a time; RFC 2104 calls it B.</summary>
    public static abstract int BlockSize { get; }

    public static abstract TSelf Start();

    public void Update(scoped ReadOnlySpan<byte> data);

    /// <summary>Writes the hash and wipes the state; the value can then not be used.</summary>
    /// <param name="hash">Exactly <see cref="HashSize"/> bytes.</param>
    public void Finish(scoped Span<byte> hash);

    /// <summary>Wipes the state; the value can then not be used.</summary>
    public void Clear();
}
