namespace Qssh.Wire.Messages.Connection;

/// <summary>
/// <c>digests u8 (≤16) × (fingerprint 32)</c>: asks the server to prove the host keys with these fingerprints; none: which keys are there.
/// </summary>
[WireMessage(0x72)]
internal readonly ref partial struct HostKeyRequest
{
    [List8(0, HostKeyList.MaxKeys)]
    public required RecordList<KeyDigest> Digests { get; init; }
}
