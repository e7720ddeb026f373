using Qssh.Config;
using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>CLI-15 and CLI-16: the effect of each keyword of the client, seen from outside.</summary>
[Collection(EndToEndTests.Name)]
public sealed class KeywordTests(DropInServer server) : IClassFixture<DropInServer>
{
    /// <summary>Keyword, script, and what has to be in its output. Scripts start in an empty directory; failures are told by their text.</summary>
    private static readonly (string Keyword, string Script, string Expected)[] s_effects =
    [
        ("AddressFamily", "$QSSH -o AddressFamily=inet6 box true", "127.0.0.1 is not an IPv6 address"),
        ("BatchMode", "$QSSH keygen -q -t falcon512 -N secret -f k; SSH_ASKPASS=/bin/true SSH_ASKPASS_REQUIRE=force $QSSH -o BatchMode=yes -i k box true", "nothing is asked in batch mode"),
        ("BindAddress", "$QSSH -o BindAddress=127.0.0.9 box 'echo from $SSH_CLIENT'", "from 127.0.0.9 "),
        ("BindInterface", "$QSSH -B lo box echo by lo; $QSSH -o BindInterface=nosuch0 box true", "by lo\nqssh: cannot use interface nosuch0"),
        ("Ciphers", "$QSSH -v -o Ciphers=chacha20-poly1305 box true", "-chacha20poly1305\n"),
        ("ClearAllForwardings", "$QSSH -L 1:a:2 -o ClearAllForwardings=yes box echo silent", "^silent\n"),
        ("ConnectionAttempts", "$QSSH -v -o ConnectionAttempts=2 -p 1 box true", "attempt 1 of 2: "),
        ("DynamicForward", "$QSSH -o DynamicForward=1080 box echo ok", "Warning: DynamicForward 1080: not set up: port forwarding arrives in a later version\nok"),
        ("EnableMatchExec", "printf 'Match exec true\\n User no-such-user\\n' >c; chmod 600 c; $QSSH -F c -G box | grep ^user; $QSSH -F c -o EnableMatchExec=yes -G box | grep ^user", "\nuser no-such-user\nuserknown"),
        ("EscapeChar", "printf 'x\\n%%.' | $QSSH -tt -o EscapeChar=% box cat; echo $?", "\n255\n"),
        ("ExitOnForwardFailure", "$QSSH -L 1:a:2 -o ExitOnForwardFailure=yes box echo never", "LocalForward 1:a:2: not available"),
        ("ForkAfterAuthentication", "$QSSH -o ForkAfterAuthentication=yes box 'sleep 0.3; echo late'; echo first", "^first\nlate\n"),
        ("GlobalKnownHostsFile", "$QSSH -o UserKnownHostsFile=none -o GlobalKnownHostsFile=$HOME/known_hosts -o StrictHostKeyChecking=yes box echo known", "^known\n"),
        ("HashKnownHosts", "$QSSH -o HashKnownHosts=yes -o UserKnownHostsFile=kh -o StrictHostKeyChecking=no box true; cut -c1-3 kh", "|1|"),
        ("HostKeyAlgorithms", "$QSSH -o HostKeyAlgorithms=falcon1024 box true", "ssh: 127.0.0.1 port"),
        ("HostKeyAlias", "$QSSH -o HostKeyAlias=nick -o StrictHostKeyChecking=yes box true", "no key is known for 'nick'"),
        ("HostName", "$QSSH -o HostName=%h.invalid box true", "box.invalid"),
        ("IdentityFile", "$QSSH -F none -p $PORT -o UserKnownHostsFile=$HOME/known_hosts -o IdentityFile='~/%i-none' -o IdentityFile=~/id 127.0.0.1 echo in", "^in\n"),
        ("IgnoreUnknown", "$QSSH -o IgnoreUnknown=Bo* -o Bogus=1 box echo ok", "^ok\n"),
        ("KnownHostsCommand", "$QSSH -o UserKnownHostsFile=none -o StrictHostKeyChecking=yes -o KnownHostsCommand=\"/bin/cat $HOME/known_hosts\" box echo known", "^known\n"),
        ("LocalCommand", "$QSSH -o PermitLocalCommand=yes -o 'LocalCommand=echo local %n %h %p' box echo remote", "^local box 127.0.0.1 $PORT\nremote\n"),
        ("LocalForward", "$QSSH -o 'LocalForward=8080 a:1' box echo ok", "Warning: LocalForward 8080 a:1: not set up"),
        ("LogLevel", "$QSSH -o LogLevel=DEBUG box true", "debug1: "),
        ("MinTier", "$QSSH -o Tier=T1 -o MinTier=T2 box true", "Tier T1 is below MinTier T2"),
        ("NumberOfPasswordPrompts", "$QSSH keygen -q -t falcon512 -N secret -f k; printf '#!/bin/sh\\necho asked >&2; echo wrong\\n' >a; chmod +x a; SSH_ASKPASS=$PWD/a SSH_ASKPASS_REQUIRE=force $QSSH -o NumberOfPasswordPrompts=2 -i k box true", "^asked\nasked\nwrong passphrase"),
        ("PermitLocalCommand", "$QSSH -o 'LocalCommand=echo local' box echo remote", "^remote\n"),
        ("Port", "$QSSH -o Port=1 box true", "port 1"),
        ("PreferredAuthentications", "$QSSH -o PreferredAuthentications=password box true", "Permission denied (publickey): there is no key to try"),
        ("ProxyCommand", "$QSSH -o ProxyCommand='echo to %h %p as %r from %n >&2; false' box true", "to 127.0.0.1 $PORT as $USER from box"),
        ("ProxyJump", "$QSSH -o ProxyJump=gate box true", "ProxyJump gate is not available: jump hosts arrive in a later version"),
        ("ProxyUseFdpass", "$QSSH -o ProxyUseFdpass=yes -o ProxyCommand=true box true", "ProxyUseFdpass is not available"),
        ("PubkeyAcceptedAlgorithms", "$QSSH -o PubkeyAcceptedAlgorithms=falcon512 box true", "there is no key to try"),
        ("PubkeyAuthentication", "$QSSH -o PubkeyAuthentication=no box true", "there is no key to try"),
        ("RefuseConnection", "$QSSH -o 'RefuseConnection=\"use the new one\"' box true", "Connection to 127.0.0.1 refused: use the new one"),
        ("RekeyLimit", "head -c 3000000 /dev/zero | $QSSH -v -o RekeyLimit=64K box wc -c 2>log; grep -c ' [1-9][0-9]* rekeys' log", "^3000000\n1\n"),
        ("RemoteCommand", "$QSSH -o 'RemoteCommand=echo %r on %h; exit 3' box; echo $?", "^$USER on 127.0.0.1\n3\n"),
        ("RemoteForward", "$QSSH -o 'RemoteForward=8080 a:1' box echo ok", "Warning: RemoteForward 8080 a:1: not set up"),
        ("RequestTTY", "$QSSH -o RequestTTY=force box tty", "/dev/pts/"),
        ("RevokedHostKeys", "$QSSH -o RevokedHostKeys=$HOME/host.pub box true; $QSSH -o RevokedHostKeys=nowhere box true; head -c 100 /dev/zero >r; $QSSH -o RevokedHostKeys=r box true", "REVOKED"),
        ("SendEnv", "LC_TEST_A=1 LC_TEST_B=2 $QSSH -o 'SendEnv=LC_* -*_B' -o 'SendEnv=-LC_TEST_B' -o SendEnv=NO box 'echo a$LC_TEST_A b$LC_TEST_B'", "a1 b2\n"),
        ("SessionType", "$QSSH -o SessionType=subsystem box nosuch", "subsystem request failed on channel 0"),
        ("SetEnv", "LC_TEST=no $QSSH -o 'SetEnv=LC_TEST=\"a b\" PATH=/nowhere' -o SendEnv=LC_TEST box 'echo \"$LC_TEST\"; env | grep -c nowhere'", "^a b\n0\n"),
        ("StdinNull", "echo x | $QSSH -o StdinNull=yes box wc -c", "^0\n"),
        ("StrictHostKeyChecking", "$QSSH -o UserKnownHostsFile=kh -o StrictHostKeyChecking=accept-new box true", "Permanently added '[127.0.0.1]:$PORT'"),
        ("Suites", "$QSSH -v -o Suites=xwing-mldsa65-aes256gcm box true", "suite: xwing-mldsa65-aes256gcm"),
        ("Tag", "printf 'Match tagged work\\n Port 99\\n' >c; chmod 600 c; $QSSH -F c -P work -G box | grep ^port", "^port 99\n"),
        ("Tier", "$QSSH -v -o Tier=T1 box true", "tier: T1 "),
        ("User", "$QSSH -o User=no-such-user box true", "no-such-user@127.0.0.1: Permission denied"),
        ("UserKnownHostsFile", "$QSSH -o UserKnownHostsFile='none' -o StrictHostKeyChecking=yes box true", "no key is known for"),
        ("VisualHostKey", "$QSSH -o VisualHostKey=yes box true", "Host key fingerprint is "),
    ];

    /// <summary>Keywords with tests of their own, which need clocks, terminals or other names.</summary>
    private static readonly Dictionary<string, string> s_elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CanonicalDomains"] = "ClientMatchTests",
        ["CanonicalizeFallbackLocal"] = "ClientMatchTests",
        ["CanonicalizeHostname"] = "ClientMatchTests",
        ["CanonicalizeMaxDots"] = "ClientMatchTests",
        ["CheckHostIP"] = "here, below",
        ["Compression"] = "of its own",
        ["ConnectTimeout"] = "ConnectFailureTests",
        ["IPQoS"] = "TrafficClassesTests",
        ["ObscureKeystrokeTiming"] = "KeystrokeCoverTests",
        ["ServerAliveCountMax"] = "BrokenConnectionTests",
        ["ServerAliveInterval"] = "BrokenConnectionTests",
        ["SyslogFacility"] = "SystemLogTests",
        ["TCPKeepAlive"] = "the kernel's, not to be seen",
        ["UpdateHostKeys"] = "HostKeyUpdateTests",
        ["MinimumTier"] = "MinTier",
        ["KeepAlive"] = "TCPKeepAlive",
        ["PubkeyAcceptedKeyTypes"] = "PubkeyAcceptedAlgorithms",
        // Accepted, with nothing to decide until there are agents and passwords.
        ["IdentitiesOnly"] = "",
        ["PasswordAuthentication"] = "",
    };

    public static TheoryData<string> Keywords => [.. s_effects.Select(effect => effect.Keyword)];

    [BinaryTheory]
    [MemberData(nameof(Keywords))]
    public void Has_its_effect(string keyword)
    {
        (_, string script, string expected) = Array.Find(s_effects, effect => effect.Keyword == keyword);
        string text = server.Run("exec 2>&1; set +e\n" + script).Text;
        expected = expected.Replace("$PORT", server.Server.Port.ToString()).Replace("$USER", Environment.UserName);
        if (expected.StartsWith('^'))
            Assert.StartsWith(expected[1..], text);
        else
            Assert.Contains(expected, text);
    }

    [Fact]
    public void Every_keyword_has_a_test_that_sees_its_effect()
    {
        IEnumerable<string> tested = s_effects.Select(effect => effect.Keyword.ToLowerInvariant()).Concat(s_elsewhere.Keys.Select(name => name.ToLowerInvariant()));
        Assert.Equal(ClientKeywords.Table.Rows.Select(row => row.Name).Order(), tested.Order());
    }

    [BinaryFact]
    public void CheckHostIP_keeps_the_key_of_the_address_and_compares_it()
    {
        const string Line = "ssh -F none -4 -p $PORT -i $HOME/id -o UserKnownHostsFile=$PWD/kh -o GlobalKnownHostsFile=none -o UpdateHostKeys=no -o CheckHostIP=yes";
        string text = server.Run($"""
            exec 2>&1; set +e
            {Line} -o StrictHostKeyChecking=accept-new localhost echo first; cut -d' ' -f1 kh
            {Line} -o StrictHostKeyChecking=yes localhost echo second; wc -l <kh
            qssh keygen -q -t mldsa65 -N '' -f other
            head -1 kh >kh2; echo "[127.0.0.1]:$PORT $(cut -d' ' -f1,2 other.pub)" >>kh2; mv kh2 kh
            {Line} -o StrictHostKeyChecking=yes localhost echo third; echo $?
            {Line} -o StrictHostKeyChecking=no localhost echo fourth
            {Line} -o StrictHostKeyChecking=yes -o CheckHostIP=no localhost echo fifth
            {Line.Replace("CheckHostIP=yes", "CheckHostIP=no")} -o StrictHostKeyChecking=yes localhost echo sixth
            """).Text;
        string port = server.Server.Port.ToString();
        Assert.Contains($"Permanently added the MLDSA65 host key for IP address '[127.0.0.1]:{port}'", text);
        Assert.Contains($"first\n[localhost]:{port}\n[127.0.0.1]:{port}\nsecond\n2\n", text);
        Assert.Contains($"differs from the key for the IP address '[127.0.0.1]:{port}'", text);
        Assert.Contains("\n255\n", text);
        Assert.DoesNotContain("third", text);
        Assert.Contains("\nfourth\n", text);
        Assert.DoesNotContain("fifth", text);
        Assert.EndsWith("sixth\n", text);
    }

    [BinaryTheory]
    [InlineData("nowhere", "cannot be read, so no host is trusted")]
    [InlineData("zeros", "is not a public key, so no host is trusted")]
    [InlineData("classical", "")]
    public void A_list_of_revoked_keys_that_is_not_understood_trusts_nobody(string file, string reason)
    {
        ProgramRun run = server.Run($"""
            head -c 100 /dev/zero >zeros; printf '# old\n\nssh-ed25519 AAAA x\n' >classical
            ssh -o RevokedHostKeys=$PWD/{file} box echo in
            """);
        Assert.Equal((reason.Length > 0 ? 255 : 0, reason.Length > 0 ? "" : "in\n"), (run.ExitCode, run.Text));
        Assert.Contains(reason, run.Errors);
    }
}
