namespace Qssh.Crypto.Aead;

/// <summary>
/// The block function of ChaCha20 (RFC 8439, section 2.3), several blocks at a time. Implemented by structs that are only type
/// arguments. A caller asks <see cref="IsSupported"/> once, before anything else.
/// </summary>
internal unsafe interface IChaChaKernel
{
    public const int BlockSize = 64;
    public const int StateWords = 16;

    public static abstract bool IsSupported { get; }

    /// <summary>Bytes of one call: a multiple of the block.</summary>
    public static abstract int BatchSize { get; }

    /// <summary>XORs the key stream of <see cref="BatchSize"/> bytes, from the state's counter on.</summary>
    /// <param name="state">16 words; not changed.</param>
    /// <param name="output">May be the input.</param>
    public static abstract void Crypt(uint* state, byte* input, byte* output);
}
