namespace Qssh.Handshake;

/// <summary>The one thing that a client does next (docs/protocol.md, section 7; QK in front of CF from T4 on).</summary>
internal enum ClientStep : byte
{
    CreateHello,
    ConsumeRetryOrHello,
    CreateSecondHello,
    ConsumeHello,
    ConsumeParams,
    ConsumeIdentity,
    ConsumeProof,
    ConsumeFinished,
    CreateQkdKey,
    CreateFinished,
    Done,
}
