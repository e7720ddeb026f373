using Qssh.Record;

namespace Qssh.Transport;

/// <summary>Frames that the clear flights take (docs/protocol.md, section 2); those of the sealed ones are in PaddingClass.</summary>
internal static class FlightClass
{
    public const int ServerHello = 3;
    public const int HelloRetry = 1;
    public const int SmallHello = 3;

    /// <summary>A hello with a pinned key.</summary>
    public const int LargestHello = 5;

    public static int OfClientHello(int length) => length <= SmallHello * Frame.ClearPayload ? SmallHello : LargestHello;
}
