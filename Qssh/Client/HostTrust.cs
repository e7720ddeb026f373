using Qssh.Config;
using Qssh.Identity;

namespace Qssh.Client;

/// <summary>What to do about the key that a host has proved to hold. The zero value refuses.</summary>
internal enum TrustStep : byte
{
    RefuseUnknown = 0,
    RefuseChanged,
    RefuseRevoked,

    /// <summary>The key is the known one.</summary>
    Accept,

    /// <summary>The key is new; store it and go on.</summary>
    Remember,

    /// <summary>The key is new; close, ask the person, and connect again if the answer is yes.</summary>
    Ask,

    /// <summary>The host is known by keys of other schemes only: connect again, once, offering those.</summary>
    Narrow,
}

/// <summary>
/// SF4: the decision about a host key. No setting accepts a changed or a revoked key; <c>StrictHostKeyChecking=no</c> only stores
/// unknown ones without a question.
/// </summary>
internal static class HostTrust
{
    /// <param name="canAsk">There is a person: a terminal, or SSH_ASKPASS where it is wanted, and no BatchMode.</param>
    /// <param name="canNarrow">An offer of the known schemes is possible and has not been tried.</param>
    public static TrustStep Decide(HostKeyStatus status, HostKeyChecking checking, bool canAsk, bool canNarrow) => status switch
    {
        HostKeyStatus.Match => TrustStep.Accept,
        HostKeyStatus.Revoked => TrustStep.RefuseRevoked,
        HostKeyStatus.Changed => canNarrow ? TrustStep.Narrow : TrustStep.RefuseChanged,
        HostKeyStatus.Unknown => checking switch
        {
            HostKeyChecking.AcceptNew or HostKeyChecking.No => TrustStep.Remember,
            HostKeyChecking.Ask when canAsk => TrustStep.Ask,
            _ => TrustStep.RefuseUnknown,
        },
        _ => TrustStep.RefuseUnknown,
    };
}
