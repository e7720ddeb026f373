namespace Qssh.Handshake;

/// <summary>
/// Size classes (docs/protocol.md, section 2): a passive reader sees one of five sizes, not a certificate or the type of a key.
/// </summary>
internal static class PaddingClass
{
    public const int Smallest = 4;

    public const int Largest = 64;

    /// <summary>The frames that the server flight, SA to SF, takes on the wire.</summary>
    /// <param name="frames">Frames that its messages fill.</param>
    public static int ForServerFlight(int frames)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames, Largest);
        int size = Smallest;
        while (size < frames)
            size *= 2;
        return size;
    }

    /// <summary>The frames that one UserAuth takes: the same classes.</summary>
    public static int ForUserAuth(int frames) => ForServerFlight(frames);
}
