using Qssh.Config;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Mux;
using Qssh.Transport;

namespace Qssh.Server;

/// <summary>From keywords and grants to the settings of the layers below.</summary>
internal static class LinkOptions
{
    public static SessionLinkSettings Settings(ServerOptions options) => new()
    {
        KeepAliveInterval = options.ClientAliveInterval,
        KeepAliveCount = options.ClientAliveCountMax,
    };

    public static RekeyLimits Limits(RekeyLimit limit) => RekeyLimits.Default with
    {
        FullBytes = limit.Bytes ?? RekeyLimits.Default.FullBytes,
        FullAge = limit.Time ?? RekeyLimits.Default.FullAge,
    };

    /// <summary>What is open to the session: nothing that the configuration or a key takes away.</summary>
    public static Gates Gates(LoginContext login)
    {
        Gates gates = Mux.Gates.Login;
        if (!login.Options.PermitTty || !login.Capabilities.Allows(Permissions.Pty))
            gates &= ~Mux.Gates.Pty;
        if (!login.Options.Compression)
            gates &= ~Mux.Gates.Compression;
        return gates;
    }
}
