using Microsoft.Extensions.Logging;
using Qssh.Config;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Platform;

namespace Qssh.Server;

/// <summary>Who has logged in, from where, and under which options: what every session of the connection needs.</summary>
internal sealed record LoginContext
{
    public required long Connection { get; init; }

    public required UserAccount Account { get; init; }

    public required IReadOnlyList<uint> Groups { get; init; }

    public required ServerOptions Options { get; init; }

    /// <summary>The intersection of what the keys and the configuration grant.</summary>
    public required Capabilities Capabilities { get; init; }

    public required SocketAddress Peer { get; init; }

    public required SocketAddress Local { get; init; }

    public required Tier Tier { get; init; }

    public required Suite Suite { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>Forced by the configuration or by a key; the configuration comes first.</summary>
    public string? ForcedCommand => Options.ForceCommand.Value is { Length: > 0 } forced && forced != "none" ? forced : Capabilities.ForcedCommand;
}
