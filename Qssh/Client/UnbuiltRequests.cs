using Qssh.Config;
using Qssh.Errors;

namespace Qssh.Client;

/// <summary>
/// What the configuration asks for and this version does not have: refused before anything is connected where the session would go
/// elsewhere or be of no use, told where it is useful without.
/// </summary>
internal static class UnbuiltRequests
{
    private const string NoForwarding = "port forwarding arrives in a later version";

    /// <exception cref="FailureException">This connection is not to be made, or cannot be.</exception>
    public static void Refuse(ClientConfig config)
    {
        ClientOptions options = config.Options;
        if (options.RefuseConnection.IsSet)
            throw new FailureException($"Connection to {config.HostName} refused: {options.RefuseConnection.Value}");
        if (options.ProxyJump.Value.Length > 0)
            throw new FailureException($"ProxyJump {options.ProxyJump.Value} is not available: jump hosts arrive in a later version; ProxyCommand is there");
        if (options.ProxyCommand.Value == "-")
            throw new FailureException("ProxyCommand - is not available: standard input is the session's here");
        if (options.ProxyUseFdpass && options.ProxyCommand.Value.Length > 0)
            throw new FailureException("ProxyUseFdpass is not available: passing descriptors arrives in a later version");
    }

    /// <summary>A forward that cannot be set up is no fault of the session, as in OpenSSH, unless it is all that was wanted.</summary>
    /// <returns>Lines to show; null: nothing is missing.</returns>
    public static string? Forwards(ClientOptions options, RemoteKind kind)
    {
        if (options.Forwards.Count == 0 || options.ClearAllForwardings)
            return null;
        string missing = string.Join(", ", options.Forwards);
        if (options.ExitOnForwardFailure || kind == RemoteKind.None)
            throw new FailureException($"{missing}: not available: {NoForwarding}");
        return $"Warning: {missing}: not set up: {NoForwarding}";
    }
}
