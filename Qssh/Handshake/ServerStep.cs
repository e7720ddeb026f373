namespace Qssh.Handshake;

/// <summary>The one thing that a server does next (docs/protocol.md, section 7).</summary>
internal enum ServerStep : byte
{
    ConsumeHello,
    CreateRetry,
    ConsumeSecondHello,
    CreateHello,
    CreateParams,
    CreateIdentity,
    CreateProof,
    CreateFinished,
    ConsumeQkdKey,
    UseQkdKey,
    ConsumeFinished,
    Done,
}
