using System.Diagnostics.CodeAnalysis;

namespace Qssh.Errors;

/// <summary>
/// The peer broke the protocol. <see cref="Code"/> is all that may reach the peer; the message is for the local log only
/// and never contains raw peer bytes.
/// </summary>
internal sealed class ProtocolException(AlertCode code, string reason) : Exception(reason)
{
    public AlertCode Code { get; } = code;

    [DoesNotReturn]
    public static void Throw(AlertCode code, string reason) => throw new ProtocolException(code, reason);

    [DoesNotReturn]
    public static void Throw(string reason) => throw new ProtocolException(AlertCode.ProtocolError, reason);
}
