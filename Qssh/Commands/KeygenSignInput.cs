using Qssh.Identity.FileSignatures;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Commands;

/// <summary>Reads what is signed, piece by piece, whatever its size and kind.</summary>
internal static class KeygenSignInput
{
    private const int ChunkSize = 64 * 1024, StandardInput = 0;

    /// <summary>The rest of standard input.</summary>
    /// <returns>Null with the reason in <paramref name="fault"/>: it cannot be read.</returns>
    public static byte[]? Hash(string hashName, out string? fault) => Hash(StandardInput, hashName, out fault);

    public static byte[]? Hash(string path, string hashName, out string? fault)
    {
        using OwnedFd? file = Descriptor.Open(path, Libc.O_RDONLY, 0, out int error);
        if (file is not null)
            return Hash(file.Value, hashName, out fault);
        fault = Errno.Text(error);
        return null;
    }

    private static byte[]? Hash(int descriptor, string hashName, out string? fault)
    {
        PayloadHash hash = PayloadHash.Start(hashName) ?? throw new ArgumentException("not a hash algorithm", nameof(hashName));
        byte[] chunk = new byte[ChunkSize];
        while (true)
        {
            IoResult read = Descriptor.Read(descriptor, chunk);
            fault = read.IsOk ? null : Errno.Text(read.Error);
            if (fault is not null)
                return null;
            if (read.Count == 0)
                return hash.Finish();
            hash.Update(chunk.AsSpan(0, read.Count));
        }
    }
}
