namespace Qssh.Config;

/// <summary>The client's keywords, in the order in which <c>-G</c> prints them.</summary>
internal static class ClientKeywords
{
    private const string PubkeyModes = "yes=1 true=1 unbound=1 host-bound=1 no=0 false=0";
    private const string TtyModes = "auto=0 false=1 no=1 true=2 yes=2 force=3";
    private const string Sessions = "default=0 none=1 subsystem=2";
    private const string Canonicalizations = "false=0 no=0 true=1 yes=1 always=2";
    private const string Checkings = "ask=0 true=1 yes=1 accept-new=2 false=3 no=3 off=3";
    private const string UpdateModes = "false=0 no=0 true=1 yes=1 ask=2";

    public static KeywordTable<ClientOptions> Table { get; } = new(
        new("user", (o, a) => o.User.Offer(UserName(a)), o => Show.Text(o.User)),
        new("hostname", (o, a) => o.HostName.Offer(ConfigTokens.Check(a.Name(), "h")), o => Show.Text(o.HostName)),
        new("port", (o, a) => o.Port.Offer(a.Number(1, 65535)), o => Show.Number(o.Port)),
        new("addressfamily", (o, a) => o.AddressFamily.Offer(ConfigParse.AddressFamily(a)), o => ConfigParse.Show(o.AddressFamily)),
        new("batchmode", (o, a) => o.BatchMode.Offer(a.Flag()), o => Show.Flag(o.BatchMode)),
        new("canonicalizefallbacklocal", (o, a) => o.CanonicalizeFallbackLocal.Offer(a.Flag()), o => Show.Flag(o.CanonicalizeFallbackLocal)),
        new("canonicalizehostname", (o, a) => o.CanonicalizeHostname.Offer((Canonicalization)a.Choice(Canonicalizations)), o => Show.Name(Canonicalizations, (int)o.CanonicalizeHostname.Value)),
        new("checkhostip", (o, a) => o.CheckHostIp.Offer(a.Flag()), o => Show.Flag(o.CheckHostIp)),
        new("compression", (o, a) => o.Compression.Offer(a.Flag()), o => Show.Flag(o.Compression)),
        new("clearallforwardings", (o, a) => o.ClearAllForwardings.Offer(a.Flag()), o => Show.Flag(o.ClearAllForwardings)),
        new("exitonforwardfailure", (o, a) => o.ExitOnForwardFailure.Offer(a.Flag()), o => Show.Flag(o.ExitOnForwardFailure)),
        new("hashknownhosts", (o, a) => o.HashKnownHosts.Offer(a.Flag()), o => Show.Flag(o.HashKnownHosts)),
        new("identitiesonly", (o, a) => o.IdentitiesOnly.Offer(a.Flag()), o => Show.Flag(o.IdentitiesOnly)),
        new("passwordauthentication", (o, a) => o.PasswordAuthentication.Offer(a.Flag()), o => Show.Flag(o.PasswordAuthentication)),
        new("permitlocalcommand", (o, a) => o.PermitLocalCommand.Offer(a.Flag()), o => Show.Flag(o.PermitLocalCommand)),
        new("proxyusefdpass", (o, a) => o.ProxyUseFdpass.Offer(a.Flag()), o => Show.Flag(o.ProxyUseFdpass)),
        new("pubkeyauthentication", (o, a) => o.PubkeyAuthentication.Offer(a.Choice(PubkeyModes) != 0), o => TrueFalse(o.PubkeyAuthentication)),
        new("requesttty", (o, a) => o.RequestTty.Offer((TtyRequest)a.Choice(TtyModes)), o => Show.Name(TtyModes, (int)o.RequestTty.Value)),
        new("sessiontype", (o, a) => o.SessionType.Offer((SessionKind)a.Choice(Sessions)), o => Show.Name(Sessions, (int)o.SessionType.Value)),
        new("stdinnull", (o, a) => o.StdinNull.Offer(a.Flag()), o => Show.Flag(o.StdinNull)),
        new("forkafterauthentication", (o, a) => o.ForkAfterAuthentication.Offer(a.Flag()), o => Show.Flag(o.ForkAfterAuthentication)),
        new("stricthostkeychecking", (o, a) => o.StrictHostKeyChecking.Offer((HostKeyChecking)a.Choice(Checkings)), o => Show.Name(Checkings, (int)o.StrictHostKeyChecking.Value)),
        new("ipqos", (o, a) => o.IpQos.Offer(TrafficClasses.Parse(a)), o => [o.IpQos.Value.ToString()]),
        new("tcpkeepalive", (o, a) => o.TcpKeepAlive.Offer(a.Flag()), o => Show.Flag(o.TcpKeepAlive)),
        new("visualhostkey", (o, a) => o.VisualHostKey.Offer(a.Flag()), o => Show.Flag(o.VisualHostKey)),
        new("canonicalizemaxdots", (o, a) => o.CanonicalizeMaxDots.Offer(a.Number(0, 100)), o => Show.Number(o.CanonicalizeMaxDots)),
        new("connectionattempts", (o, a) => o.ConnectionAttempts.Offer(a.Number(1, 1000)), o => Show.Number(o.ConnectionAttempts)),
        new("numberofpasswordprompts", (o, a) => o.NumberOfPasswordPrompts.Offer(a.Number(0, 100)), o => Show.Number(o.NumberOfPasswordPrompts)),
        new("serveralivecountmax", (o, a) => o.ServerAliveCountMax.Offer(a.Number(1, 1000)), o => Show.Number(o.ServerAliveCountMax)),
        new("serveraliveinterval", (o, a) => o.ServerAliveInterval.Offer(a.Time()), o => Show.Time(o.ServerAliveInterval)),
        new("bindaddress", (o, a) => o.BindAddress.Offer(a.Name()), o => Show.Text(o.BindAddress)),
        new("bindinterface", (o, a) => o.BindInterface.Offer(a.Name()), o => Show.Text(o.BindInterface)),
        new("localcommand", (o, a) => o.LocalCommand.Offer(ConfigParse.CommandOrNone(a, ConfigTokens.Common + "T")), o => Show.Text(o.LocalCommand)),
        new("proxycommand", ProxyCommand, o => Show.Text(o.ProxyCommand)),
        new("proxyjump", ProxyJump, o => Show.Text(o.ProxyJump)),
        new("refuseconnection", (o, a) => o.RefuseConnection.Offer(a.Name()), o => Show.Text(o.RefuseConnection)),
        new("revokedhostkeys", (o, a) => o.RevokedHostKeys.Offer(ConfigTokens.Check(ConfigParse.NameOrNone(a))), o => Show.Text(o.RevokedHostKeys)),
        new("canonicaldomains", (o, a) => o.CanonicalDomains.Offer(ConfigParse.FilesOrNone(a, "")), o => Show.WordsOrNone(o.CanonicalDomains.Value)),
        new("localforward", (o, a) => Forward(o, "LocalForward", a), null),
        new("remoteforward", (o, a) => Forward(o, "RemoteForward", a), null),
        new("dynamicforward", (o, a) => Forward(o, "DynamicForward", a), null),
        new("updatehostkeys", (o, a) => o.UpdateHostKeys.Offer((HostKeyUpdates)a.Choice(UpdateModes)), o => Show.Name(UpdateModes, (int)o.EffectiveHostKeyUpdates)),
        new("hostkeyalgorithms", (o, a) => o.HostKeyAlgorithms.Offer(ConfigParse.ClientKeyTypes(a)), o => Show.Text(o.HostKeyAlgorithms.Value.Text)),
        new("hostkeyalias", (o, a) => o.HostKeyAlias.Offer(a.Name()), o => Show.Text(o.HostKeyAlias)),
        new("loglevel", (o, a) => o.LogLevel.Offer(ConfigParse.LogLevel(a)), o => [Show.Log(o.LogLevel)]),
        new("syslogfacility", (o, a) => o.SyslogFacility.Offer(ConfigParse.Facility(a)), o => ConfigParse.Show(o.SyslogFacility)),
        new("preferredauthentications", (o, a) => o.PreferredAuthentications.Offer(a.Commas()), o => Show.Commas(o.PreferredAuthentications.Value)),
        new(
            "pubkeyacceptedalgorithms",
            (o, a) => o.PubkeyAcceptedAlgorithms.Offer(ConfigParse.ClientKeyTypes(a)),
            o => Show.Text(o.PubkeyAcceptedAlgorithms.Value.Text)),
        new("identityfile", (o, a) => AddOnce(o.IdentityFiles, ConfigTokens.Check(a.Name())), o => o.IdentityFiles.Count > 0 ? o.IdentityFiles : ["~/.qssh/id_*"]),
        new("globalknownhostsfile", (o, a) => o.GlobalKnownHostsFile.Offer(ConfigParse.FilesOrNone(a)), o => Show.Words(o.GlobalKnownHostsFile.Value)),
        new("userknownhostsfile", (o, a) => o.UserKnownHostsFile.Offer(ConfigParse.FilesOrNone(a, ConfigTokens.Common)), o => Show.Words(o.UserKnownHostsFile.Value)),
        new("knownhostscommand", (o, a) => o.KnownHostsCommand.Offer(ConfigParse.ProgramOrNone(a, ConfigTokens.Common + "HIKtf")), o => Show.Text(o.KnownHostsCommand)),
        new("sendenv", SendEnv, o => o.SendEnv),
        new("setenv", (o, a) => o.SetEnv.Offer(ConfigParse.Environment(a)), o => Show.Pairs(o.SetEnv.Value, '=')),
        new("ignoreunknown", (o, a) => o.IgnoreUnknown.Offer(a.Commas()), o => Show.Commas(o.IgnoreUnknown.Value)),
        new("remotecommand", (o, a) => o.RemoteCommand.Offer(ConfigParse.CommandOrNone(a, ConfigTokens.Common)), o => Show.Text(o.RemoteCommand)),
        new("tag", (o, a) => o.Tag.Offer(a.Name()), o => Show.Text(o.Tag)),
        new("enablematchexec", (o, a) => o.EnableMatchExec.Offer(a.Flag()), o => Show.Flag(o.EnableMatchExec)),
        new("connecttimeout", (o, a) => o.ConnectTimeout.Offer(a.TimeOrNone()), o => Show.Time(o.ConnectTimeout.Value)),
        new("escapechar", (o, a) => o.EscapeChar.Offer(Escape(a)), o => [ShowEscape(o.EscapeChar.Value)]),
        new("obscurekeystroketiming", (o, a) => o.ObscureKeystrokeTiming.Offer(Obscure(a)), o => [ShowObscure(o.ObscureKeystrokeTiming)]),
        new("rekeylimit", (o, a) => o.RekeyLimit.Offer(RekeyLimit.Parse(a)), o => [o.RekeyLimit.Value.ToString()]),
        new("tier", (o, a) => o.Tier.Offer(TierName.ParseOrAuto(a.Name())), o => [TierName.Of(o.Tier)]),
        new("mintier", (o, a) => o.MinTier.Offer(TierName.Parse(a.Name())), o => [TierName.Of(o.MinTier)]),
        new("minimumtier", (o, a) => o.MinTier.Offer(TierName.Parse(a.Name())), null),
        new("ciphers", (o, a) => o.Ciphers.Offer(ConfigParse.Ciphers(a)), o => Show.Text(o.Ciphers.Value.Text)),
        new("suites", (o, a) => o.Suites.Offer(ConfigParse.Algorithms(a)), o => Show.Text(o.Suites.Value.Text)),
        // Other spellings of keywords above, as OpenSSH has them.
        new("pubkeyacceptedkeytypes", (o, a) => o.PubkeyAcceptedAlgorithms.Offer(ConfigParse.ClientKeyTypes(a)), null),
        new("keepalive", (o, a) => o.TcpKeepAlive.Offer(a.Flag()), null));

    /// <summary>Control bytes and a leading dash never reach a program or a log as a name.</summary>
    private static string UserName(ConfigArguments a)
    {
        string name = a.Name();
        return HostNames.IsSafeUser(name) ? name : throw new ConfigValueException("remote username contains invalid characters.");
    }

    /// <summary>The second reading of a file names everything again.</summary>
    private static void AddOnce(List<string> list, string value)
    {
        if (!list.Contains(value))
            list.Add(value);
    }

    private static void Forward(ClientOptions options, string keyword, ConfigArguments a) => AddOnce(options.Forwards, $"{keyword} {string.Join(' ', a.Many())}");

    /// <summary>Of ProxyCommand and ProxyJump the first one counts. "none" counts among its own, and for ProxyCommand against a later ProxyJump.</summary>
    private static void ProxyCommand(ClientOptions options, ConfigArguments a)
    {
        string command = ConfigParse.CommandOrNone(a, "hknpr");
        if (options.ProxyJump.Value.Length == 0)
            options.ProxyCommand.Offer(command);
    }

    private static void ProxyJump(ClientOptions options, ConfigArguments a)
    {
        string hops = ConfigParse.NameOrNone(a);
        if (hops.AsSpan().IndexOfAny("'`\"$\\;&<>|(){}!*?# ") >= 0 || hops.StartsWith('-'))
            throw new ConfigValueException($"invalid ProxyJump \"{hops}\".");
        if (!options.ProxyCommand.IsSet)
            options.ProxyJump.Offer(hops);
    }

    /// <summary>A name with a leading dash takes matching names out again.</summary>
    private static void SendEnv(ClientOptions options, ConfigArguments a)
    {
        foreach (string word in ConfigParse.EnvironmentPatterns(a))
        {
            if (word.StartsWith('-'))
                options.SendEnv.RemoveAll(name => PatternList.Matches([word[1..]], name));
            else
                AddOnce(options.SendEnv, word);
        }
    }

    private static string[] TrueFalse(bool value) => [value ? "true" : "false"];

    /// <summary>One character, <c>^X</c> for a control character, or none.</summary>
    private static char? Escape(ConfigArguments a)
    {
        string word = a.Name();
        if (ConfigParse.IsNone(word))
            return null;
        if (word.Length == 1 && char.IsAscii(word[0]))
            return word[0];
        if (word.Length == 2 && word[0] == '^' && word[1] is >= '@' and <= '~')
            return (char)(word[1] & 0x1F);
        throw new ConfigValueException($"bad escape character \"{word}\".");
    }

    private static string ShowEscape(char? value) => value switch
    {
        null => "none",
        { } c when c < 0x20 => $"^{(char)(c | 0x40)}",
        { } c => c.ToString(),
    };

    private static TimeSpan Obscure(ConfigArguments a)
    {
        const string Prefix = "interval:";
        string word = a.Name();
        if (word.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return TimeSpan.FromMilliseconds(ConfigArguments.Number(word[Prefix.Length..], 1, 1000));
        return a.Flag() ? TimeSpan.FromMilliseconds(20) : TimeSpan.Zero;
    }

    private static string ShowObscure(TimeSpan value) => value == TimeSpan.Zero ? "no" : $"interval:{(int)value.TotalMilliseconds}";
}
