namespace Qssh.Wire.Messages.Auth;

/// <summary>Outcome of one attempt (docs/protocol.md, section 3, AR).</summary>
internal enum AuthStatus : byte
{
    Success = 0,
    Failure = 1,

    /// <summary>This factor was right, another is wanted.</summary>
    Partial = 2,
}
