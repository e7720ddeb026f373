namespace Qssh.Record;

/// <summary>Limits of one key (docs/protocol.md, section 9).</summary>
internal static class RecordLimits
{
    /// <summary>Frames or records after which the sender must have another key.</summary>
    public const ulong HardRecords = 1UL << 24;

    /// <summary>Frames or records after which the sender switches by itself.</summary>
    public const ulong SoftRecords = 1UL << 20;

    /// <summary>Payload bytes after which the sender switches by itself.</summary>
    public const ulong SoftBytes = 1UL << 30;
}
