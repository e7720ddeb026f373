using System.Net;
using Qssh.Config;
using Qssh.Crypto.Signatures;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Server;
using Qssh.Tests.Platform;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Server;

[Collection(nameof(ProcessWide))]
public sealed class AuthorizedKeysCommandTests
{
    private static readonly PublicKey s_key = Key(1), s_other = Key(2);

    private readonly List<string> _notes = [];

    [Fact]
    public void Lines_of_the_program_are_read_like_those_of_a_file()
    {
        Assert.Equal(KeyDecision.Authorized, Find("/bin/sh -c \"echo restrict $0 $1\" %t %k").Decision);
        Assert.Equal(KeyDecision.Denied, Find($"/bin/echo {s_other.ToLine()}").Decision);
        Assert.Equal(KeyDecision.Denied, Find($"/bin/echo from=\\\"10.0.0.0/8\\\" {s_key.ToLine()}").Decision);
        Assert.Contains(_notes, note => note.StartsWith("AuthorizedKeysCommand:1: key refused", StringComparison.Ordinal));
    }

    [Fact]
    public void Tokens_are_single_arguments_and_go_through_no_shell()
    {
        Find("/bin/sh -c \"echo $# $0 $1 $2 $3 $4 >&2; exit 1\" %u:%U:%h %f '%C' %% $(id)");
        Assert.Contains(_notes, note => note.Contains($"4 bob;x:1234:/home/b b {s_key.Fingerprint} 1.2.3.4 5 6.7.8.9 22 % $(id)", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_arguments_it_gets_the_name()
    {
        // id(1) refuses the odd name, and says so.
        Find("/usr/bin/id");
        Assert.Contains(_notes, note => note.Contains("bob;x", StringComparison.Ordinal));
    }

    [Fact]
    public void It_runs_as_its_user_with_an_environment_of_its_own()
    {
        string user = UserIdentity.IsRoot ? "nobody" : Accounts.System.FindOwn().Name;
        Find("/bin/sh -c \"echo $(id -un) $USER $PWD $HOME $(env | wc -l) >&2; exit 1\"", user);
        string home = Accounts.System.FindByName(user)!.Home;
        Assert.Contains(_notes, note => note.Contains($"status 1: {user} {user} / {home} 6", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/bin/false", "status 1")]
    [InlineData("/nonexistent", "cannot be looked at")]
    [InlineData("/bin", "is not a regular file")]
    [InlineData("/etc/passwd", "cannot execute")]
    public void What_fails_gives_no_keys(string command, string reason)
    {
        Assert.Equal(KeyDecision.Denied, Find(command).Decision);
        Assert.Contains(reason, Assert.Single(_notes));
    }

    [Fact]
    public void A_program_that_others_could_change_does_not_run()
    {
        using TempDirectory directory = new();
        string program = directory["keys"];
        File.WriteAllText(program, $"#!/bin/sh\necho {s_key.ToLine()}\n");
        File.SetUnixFileMode(program, (UnixFileMode)0x1ED);
        // In /tmp, where everybody may put another directory in its place.
        Assert.Equal(KeyDecision.Denied, Find(program).Decision);
        Assert.Contains("bad ownership or modes", Assert.Single(_notes));
    }

    [Fact]
    public void A_user_who_does_not_exist_runs_nothing()
    {
        Assert.Equal(KeyDecision.Denied, Find("/bin/sh -c \"echo $0 $1\" %t %k", "nobody-of-that-name").Decision);
        Assert.Equal(KeyDecision.Denied, Find("/bin/sh -c \"echo $0 $1\" %t %k", "").Decision);
        Assert.Equal(2, _notes.Count);
    }

    private KeyAuthorization Find(string command, string? user = null)
    {
        ServerOptions options = new();
        options.AuthorizedKeysCommand.Offer(command);
        options.AuthorizedKeysCommandUser.Offer(user ?? Accounts.System.FindOwn().Name);
        // Whatever a directory service may hold: no name must ever reach a shell.
        UserAccount account = new() { Name = "bob;x", Uid = 1234, Gid = 1234, Home = "/home/b b", Shell = "/bin/sh" };
        KeyAuthorization found = default;
        using Reactor reactor = new();
        reactor.Run(async () =>
        {
            found = await new AuthorizedKeysCommand(options, _notes.Add).FindAsync(account, s_key, IPAddress.Loopback, "1.2.3.4 5 6.7.8.9 22");
            return 0;
        });
        return found;
    }

    private static PublicKey Key(byte fill)
    {
        byte[] bytes = new byte[SignatureAlgorithm.Find(SignatureScheme.MlDsa65)!.PublicKeySize];
        Array.Fill(bytes, fill);
        return PublicKey.TryCreate(SignatureScheme.MlDsa65, bytes)!;
    }
}
