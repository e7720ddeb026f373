using IPAddress = System.Net.IPAddress;
using Microsoft.Extensions.Logging;
using Qssh.Auth;
using Qssh.Config;
using Qssh.Crypto.Signatures;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Telemetry.Log;

namespace Qssh.Server;

/// <summary>
/// Who may log in on one connection: account, access rules and authorized keys. Every claim takes the same steps; why one was denied goes
/// to the log alone.
/// </summary>
internal sealed class UserAdmission(long connection, ServerState state, DecoyKeys decoys, SocketAddress peer, SocketAddress local, string shownPeer, Tier tier, ILogger log) : IUserLookup
{
    private readonly IPAddress _from = IPAddress.Parse(peer.AddressText);
    private string _reason = "";

    /// <summary>The account of the last claim, if it exists.</summary>
    public UserAccount? Account { get; private set; }

    public IReadOnlyList<uint> Groups { get; private set; } = [];

    /// <summary>The options that count for the user of the last claim.</summary>
    public ServerOptions Options { get; private set; } = state.Config.Global;

    public async ValueTask<(KeyAuthorization Authorization, bool IsAllowed)> FindAsync(UserClaim claim)
    {
        Account = await Accounts.System.FindByNameAsync(claim.User);
        if (Account is null && !UserIdentity.IsRoot && Accounts.System.FindOwn() is { } own && own.Name == claim.User)
            Account = own;
        Groups = Account is null ? [] : await Accounts.System.GroupsOfAsync(Account);
        IReadOnlyList<string> groups = Accounts.System.NamesOfGroups(Groups);
        Options = state.Config.For(new ServerConnection(claim.User, groups, _from, IPAddress.Parse(local.AddressText), local.Port));

        KeyAuthorization found = Account is null ? decoys.Find(claim.Key) : FindKey(Account, claim.Key);
        if (Account is not null && found.Decision != KeyDecision.Authorized)
            found = await AskCommandAsync(Account, claim.Key) ?? found;
        string? refusal = Refusal(claim, groups, found);
        _reason = refusal ?? (found.Decision == KeyDecision.Authorized ? "the signature does not verify" : "key is not authorized");
        return (found, refusal is null);
    }

    public void Judged(UserClaim claim, AuthVerdict verdict)
    {
        if (verdict == AuthVerdict.Denied)
            log.LoginFailed(connection, claim.User, shownPeer, claim.Key.TypeName, claim.Key.Fingerprint, _reason);
    }

    private KeyAuthorization FindKey(UserAccount account, PublicKey key)
    {
        AuthorizedKeysFiles files = new(new KeyFiles(), Options.StrictModes);
        AccountFiles home = new(account.Name, account.Uid, account.Home);
        using FileIdentity identity = FileIdentity.Assume(account.Uid, account.Gid, Groups);
        return files.Find(Options.AuthorizedKeysFile.Value, home, key, _from, DateTimeOffset.UtcNow, note => log.Note(connection, note));
    }

    /// <summary>After the files, which are cheaper. Null: no program is configured.</summary>
    private async ValueTask<KeyAuthorization?> AskCommandAsync(UserAccount account, PublicKey key)
    {
        AuthorizedKeysCommand command = new(Options, text => log.Note(connection, text));
        if (!command.IsSet)
            return null;
        string ends = $"{peer.AddressText} {peer.Port} {local.AddressText} {local.Port}";
        return await command.FindAsync(account, key, _from, ends);
    }

    private string? Refusal(UserClaim claim, IReadOnlyList<string> groups, KeyAuthorization found)
    {
        if (Account is null)
            return "no such user";
        if (!UserIdentity.IsRoot && Account.Uid != UserIdentity.Uid)
            return "the server does not run as root and serves its own user only";
        if (!Options.PubkeyAuthentication)
            return "PubkeyAuthentication is off";
        // The handshake knows the limits that are for all; a Match block may have narrower ones.
        if (!Options.PubkeyAcceptedAlgorithms.Value.Resolve(SignatureAlgorithm.Names, SignatureAlgorithm.Names).Contains(claim.Key.TypeName))
            return "PubkeyAcceptedAlgorithms does not name this type of key";
        if ((int)tier < Options.MinTier.Value)
            return "the connection's tier is below MinTier";
        if (!Account.HasLoginShell)
            return "the account has no login shell";
        if (StateRefusal(Accounts.System.StateOf(Account, DateTimeOffset.UtcNow), UserIdentity.IsRoot) is { } closed)
            return closed;
        if (Account.Uid == 0 && RootRefusal(found) is { } reason)
            return reason;
        if (Account.Uid != 0 && Accounts.System.IsNoLogin(out _))
            return "logins are suspended (nologin)";
        return AccessList.Refusal(Options, claim.User, groups, _from);
    }

    /// <summary>As OpenSSH decides without PAM on Linux. Anybody but root cannot read what the system says, and serves himself only.</summary>
    internal static string? StateRefusal(AccountState state, bool isRoot)
    {
        if (isRoot && state.IsUnreadable)
            return "the shadow database cannot be read";
        if (state.IsPasswordLocked)
            return "the account is locked";
        return state.IsExpired ? "the account has expired" : null;
    }

    private string? RootRefusal(KeyAuthorization found) => Options.PermitRootLogin.Value switch
    {
        RootLogin.Yes or RootLogin.ProhibitPassword => null,
        RootLogin.ForcedCommandsOnly when found.Options?.Capabilities.ForcedCommand is not null || Options.ForceCommand.Value.Length > 0 => null,
        RootLogin.ForcedCommandsOnly => "PermitRootLogin allows forced commands only",
        _ => "PermitRootLogin is off",
    };
}
