using Qssh.Compression;
using Qssh.Fuzz.Targets;

namespace Qssh.Fuzz;

/// <summary>Every target. A list, not a search by reflection: the same code is compiled ahead of time.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        MessagesTarget.FromClient,
        MessagesTarget.FromServer,
        MessagesTarget.OfSession,
        new ClientHelloTarget(),
        new HelloOptionsTarget(),
        new AssemblerTarget(),
        new FrameTarget(),
        new AuthorizedKeysTarget(),
        new KnownHostsTarget(),
        new KeyFileTarget(),
        new PemTarget(),
        new FileSignatureTarget(),
        new AllowedSignersTarget(),
        new ConfigLineTarget(),
        new SftpPacketTarget(),
        new SftpClientTarget(),
        new SftpServerTarget(),
        new CompressedBlocksTarget(CompressionMethod.Zlib),
        new CompressedBlocksTarget(CompressionMethod.Zstd),
    ];

    public static IFuzzTarget? Find(string name)
    {
        foreach (IFuzzTarget target in All)
        {
            if (target.Name == name)
                return target;
        }

        return null;
    }

    /// <summary>Runs one input; what the target does not expect is thrown on.</summary>
    public static void Run(IFuzzTarget target, ReadOnlySpan<byte> input)
    {
        try
        {
            target.Run(input);
        }
        catch (Exception exception) when (target.IsExpected(exception))
        {
        }
    }
}
