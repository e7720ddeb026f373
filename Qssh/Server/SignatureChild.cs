using System.Buffers.Binary;
using Qssh.Crypto.Signatures;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Platform.Native;
using Qssh.Secrets;

namespace Qssh.Server;

/// <summary>
/// A process that makes one signature: a fresh copy of our own executable that reads key and message from its standard input and writes
/// the signature to its standard output. It yields to everybody else who wants the processor.
/// </summary>
internal static class SignatureChild
{
    /// <summary>First argument that selects this role; reserved, so no destination is called so.</summary>
    public const string Command = "__sign";

    private const int Niceness = 10, HeaderSize = 3, MaxRequest = 32 * 1024;

    /// <summary>The time in which the slowest scheme signs on the slowest machine, with room.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <returns>Null: it failed, and the reason is the second part.</returns>
    public static async ValueTask<(byte[]? Signature, string Fault)> SignAsync(FileSigner key, ReadOnlyMemory<byte> message)
    {
        (OwnedFd read, OwnedFd write) = Descriptor.Pipe(nonBlockingRead: false, nonBlockingWrite: true);
        using (read)
        {
            using (write)
            {
                // A pipe takes all of it at once, and nobody but the child reads it: the key is in no file and no argument.
                if (!Send(write.Value, key, message.Span))
                    return (null, "the pipe is too small");
            }

            HelperResult result = await HelperProgram.RunAsync((_, output, error) => Start(read.Value, output, error), s_patience);
            if (result.Output is null)
                return (null, result.Fault);
            return result.Output.Length == key.Algorithm.SignatureSize ? (result.Output, "") : (null, "a signature of a wrong length");
        }
    }

    /// <summary>The child's side.</summary>
    public static int Run()
    {
        Libc.SystemCall(Libc.SYS_setpriority, 0, 0, Niceness, 0);
        using SecretBuffer request = new(MaxRequest);
        int length = 0;
        while (length < MaxRequest && Descriptor.Read(0, request.Span[length..]) is { IsOk: true, Count: > 0 } read)
            length += (int)read.Count;
        ReadOnlySpan<byte> bytes = request.Span[..length];
        if (length < HeaderSize || SignatureAlgorithm.Find((SignatureScheme)bytes[0]) is not { } algorithm)
            return 1;
        int size = BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
        if (size > length - HeaderSize)
            return 1;
        using SigningKey? key = algorithm.LoadKey(bytes.Slice(HeaderSize, size));
        if (key is null)
            return 1;
        byte[] signature = new byte[algorithm.SignatureSize];
        key.Sign(bytes[(HeaderSize + size)..], signature);
        return WriteAll(signature) ? 0 : 1;
    }

    private static ChildProcess Start(int input, int output, int error) => ChildProcess.Start(new SpawnRequest(SelfExecutable.Path, ["qssh", Command])
    {
        Descriptors = [input, output, error],
        Environment = SelfExecutable.Environment,
    });

    /// <summary>scheme u8 ‖ private key b16 ‖ message.</summary>
    private static bool Send(int fd, FileSigner key, ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> secret = key.PrivateForm;
        using SecretBuffer request = new(HeaderSize + secret.Length + message.Length);
        Span<byte> bytes = request.Span;
        bytes[0] = (byte)key.Algorithm.Scheme;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[1..], (ushort)secret.Length);
        secret.CopyTo(bytes[HeaderSize..]);
        message.CopyTo(bytes[(HeaderSize + secret.Length)..]);
        return Descriptor.Write(fd, bytes) is { IsOk: true } written && written.Count == bytes.Length;
    }

    private static bool WriteAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            IoResult result = Descriptor.Write(1, bytes);
            if (!result.IsOk)
                return false;
            bytes = bytes[result.Count..];
        }

        return true;
    }
}
