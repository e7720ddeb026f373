namespace Qssh.Schedule;

/// <summary>Import of a pre-shared key (docs/protocol.md, sections 5 and 11).</summary>
internal static class PreSharedKey
{
    public const int IdSize = 16;

    public const int HintSize = 16;

    /// <summary>psk_in. Both ids are in it, by role, so that a node's own hello reflected at it fails.</summary>
    public static void Import(ReadOnlySpan<byte> psk, ReadOnlySpan<byte> serverId, ReadOnlySpan<byte> clientId, Span<byte> pskIn)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(psk.Length, Kdf.SecretSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(serverId.Length, IdSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(clientId.Length, IdSize);
        Span<byte> ids = stackalloc byte[2 * IdSize];
        serverId.CopyTo(ids);
        clientId.CopyTo(ids[IdSize..]);
        Kdf.Derive(psk, Labels.Derive.FromPreSharedKey.Import, ids, pskIn);
    }

    /// <summary>What the hello shows instead of a name: fresh with each client random.</summary>
    public static void Hint(ReadOnlySpan<byte> pskIn, ReadOnlySpan<byte> clientRandom, Span<byte> hint)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hint.Length, HintSize);
        Kdf.Derive(pskIn, Labels.Derive.FromPreSharedKey.Hint, clientRandom, hint);
    }
}
