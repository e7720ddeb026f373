using System.Buffers.Binary;
using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Crypto.Passwords;

/// <summary>H' of Argon2 (RFC 9106, section 3.3): BLAKE2b with output of any length.</summary>
internal static class Argon2Hash
{
    /// <summary>The front part of each hash that goes to the output.</summary>
    private const int Step = Blake2b.LargestSize / 2;

    public static void Hash(ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> v = stackalloc byte[Blake2b.LargestSize];
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, output.Length);
        Blake2b function = Blake2b.Start(Math.Min(output.Length, Blake2b.LargestSize));
        function.Update(length);
        function.Update(input);
        if (output.Length <= Blake2b.LargestSize)
        {
            function.Finish(output);
            return;
        }

        function.Finish(v);
        for (; output.Length > Blake2b.LargestSize; output = output[Step..])
        {
            v[..Step].CopyTo(output);
            Blake2b.Hash(v, output.Length - Step > Blake2b.LargestSize ? v : output[Step..]);
        }

        ConstantTime.Wipe(v);
    }
}
