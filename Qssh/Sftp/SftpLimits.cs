namespace Qssh.Sftp;

/// <summary>What either half sends and accepts at most. Deployed peers take 256 KiB of packet, and data of that size needs a little more.</summary>
internal static class SftpLimits
{
    public const uint Version = 3;

    /// <summary>Data of one read or write.</summary>
    public const int Data = 256 * 1024;

    /// <summary>A packet without its length field.</summary>
    public const int Packet = Data + 1024;

    /// <summary>draft-ietf-secsh-filexfer-02, section 6.2.</summary>
    public const int Handle = 256;

    /// <summary>PATH_MAX is 4096 with its zero byte. What is longer is for the system to refuse by its own words, so there is room above it.</summary>
    public const int Path = 8192;

    /// <summary>Text of a status reply, and a line of a listing.</summary>
    public const int Text = 16384;

    public const int ExtensionName = 256;
}
