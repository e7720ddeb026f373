namespace Qssh.Handshake;

/// <summary>QK: which key the client fetched; the server fetches the same one by its id.</summary>
internal sealed record QkdRequest(ReadOnlyMemory<byte> Sae, ReadOnlyMemory<byte> KeyId);
