using Microsoft.Extensions.Logging.Abstractions;
using Qssh.Auth;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Server;
using Qssh.Tests.Identity;
using Qssh.Tests.Support;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Tests.Server;

public sealed class UserAdmissionTests
{
    [Theory]
    [InlineData("PermitTTY no", true)]
    [InlineData("MinTier T1", true)]
    [InlineData("MinTier T2", false)]
    [InlineData("PubkeyAcceptedAlgorithms mldsa44", true)]
    [InlineData("PubkeyAcceptedAlgorithms mldsa65,mldsa87", false)]
    [InlineData("PubkeyAcceptedAlgorithms -mldsa44", false)]
    [InlineData("PubkeyAuthentication no", false)]
    public void A_limit_of_a_block_holds_for_whom_the_block_is(string limit, bool allowed)
    {
        Assert.Equal(allowed, IsAllowed($"Match User {Accounts.System.FindOwn().Name}\n  {limit}\n"));
        Assert.True(IsAllowed($"Match User somebody-else\n  {limit}\n"));
    }

    [Theory]
    [InlineData("MaxAuthTries 1")]
    [InlineData("Tier T1")]
    public void What_the_handshake_settles_before_a_user_is_named_cannot_be_in_a_block(string line) =>
        Assert.Contains("is not allowed within a Match block", Assert.Throws<FailureException>(() => IsAllowed($"Match all\n  {line}\n")).Message);

    [Fact]
    public void Locked_and_expired_accounts_and_all_of_a_database_that_root_cannot_read_are_refused()
    {
        Assert.Null(UserAdmission.StateRefusal(default, isRoot: true));
        Assert.Null(UserAdmission.StateRefusal(new AccountState { IsKnown = true }, isRoot: true));
        Assert.Equal("the account is locked", UserAdmission.StateRefusal(new AccountState { IsKnown = true, IsPasswordLocked = true }, isRoot: true));
        Assert.Equal("the account has expired", UserAdmission.StateRefusal(new AccountState { IsKnown = true, IsExpired = true }, isRoot: true));
        Assert.Equal("the shadow database cannot be read", UserAdmission.StateRefusal(new AccountState { IsUnreadable = true }, isRoot: true));
        Assert.Null(UserAdmission.StateRefusal(new AccountState { IsUnreadable = true }, isRoot: false));
    }

    /// <summary>The own user, with a key that is authorised, on a connection of T1.</summary>
    private static bool IsAllowed(string configuration)
    {
        using TempDirectory directory = new();
        string file = Path.Combine(directory.Path, "config"), keys = Path.Combine(directory.Path, "keys");
        PublicKey key = PublicKey.Of(TestKeys.Real);
        File.WriteAllText(file, configuration);
        File.WriteAllText(keys, key.ToLine() + "\n");
        ServerConfig config = new(file, ["StrictModes=no", "AuthorizedKeysFile=" + keys], directory.Path);
        ServerState state = new(config, HostKeys.Ensure([Path.Combine(directory.Path, "host_mldsa44")], null));
        SocketAddress address = SocketAddress.LoopbackV4(1);
        UserAdmission admission = new(1, state, new DecoyKeys(), address, address, "", Tier.PostQuantum, NullLogger.Instance);
        UserClaim claim = new(1, Accounts.System.FindOwn().Name, AuthMethods.PublicKey, key, default, default);
        bool allowed = false;
        using Reactor reactor = new();
        reactor.Run(async () =>
        {
            (KeyAuthorization found, allowed) = await admission.FindAsync(claim);
            Assert.Equal(KeyDecision.Authorized, found.Decision);
            return 0;
        });
        return allowed;
    }
}
