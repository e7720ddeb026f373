namespace Qssh.Errors;

/// <summary>Codes of the alert frame (docs/protocol.md, section 13). The text shown for a code is the receiver's own.</summary>
internal enum AlertCode : byte
{
    Close = 0,
    ProtocolError = 1,
    Version = 2,
    NoCommonSuite = 3,
    ClassicalTier = 4,
    HandshakeFailed = 5,
    FrameDidNotOpen = 6,
    AuthenticationFailed = 7,
    Policy = 8,
    Deadline = 9,
    Refused = 10,
    SessionLimit = 11,
    ShuttingDown = 12,
    Internal = 13,
}
