namespace Qssh.Schedule;

/// <summary>The short name of a host that the user's signature covers (docs/protocol.md, section 6).</summary>
internal static class HostId
{
    public const int Size = 32;

    /// <param name="identityBody">Body of ServerIdentity; in the mode with a pre-shared key only, the server id.</param>
    public static void Compute(ReadOnlySpan<byte> identityBody, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, Size);
        Kdf.Hash(Labels.Hash.HostId, identityBody, output);
    }
}
