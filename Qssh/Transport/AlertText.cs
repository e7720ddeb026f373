using Qssh.Errors;

namespace Qssh.Transport;

/// <summary>The fixed text that a receiver shows for an alert code (docs/protocol.md, section 13). No text crosses the wire.</summary>
internal static class AlertText
{
    public static string Of(AlertCode code) => code switch
    {
        AlertCode.Close => "the peer closed the connection",
        AlertCode.ProtocolError => "the peer reports a protocol error",
        AlertCode.Version => "the peer speaks another version of the protocol",
        AlertCode.NoCommonSuite => "no common tier or suite: compare 'Tier', 'MinTier' and 'Suites' on both sides",
        AlertCode.ClassicalTier => "tier 0 (classical only) is not spoken; use tier 1 or higher",
        AlertCode.HandshakeFailed => "the handshake failed",
        AlertCode.FrameDidNotOpen => "the peer received a frame that did not open",
        AlertCode.AuthenticationFailed => "authentication failed, no attempts left",
        AlertCode.Policy => "the peer's policy refuses this connection",
        AlertCode.Deadline => "the peer's time limit passed",
        AlertCode.Refused => "the peer takes no more connections from here now, try later",
        AlertCode.SessionLimit => "a limit of the session was passed",
        AlertCode.ShuttingDown => "the peer is shutting down",
        AlertCode.Internal => "the peer reports an internal error",
        _ => "the peer sent an unknown alert",
    };
}
