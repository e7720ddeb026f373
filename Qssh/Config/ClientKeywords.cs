namespace Qssh.Config;

/// <summary>The client's keywords, in the order in which <c>-G</c> prints them.</summary>
internal static class ClientKeywords
{
    public static KeywordTable<ClientOptions> Table { get; } = new(
        new("user", (o, a) => o.User.Offer(UserName(a)), o => Show.Text(o.User)),
        new("hostname", (o, a) => o.HostName.Offer(a.Name()), o => Show.Text(o.HostName)),
        new("port", (o, a) => o.Port.Offer(a.Number(1, 65535)), o => Show.Number(o.Port)),
        new("addressfamily", (o, a) => o.AddressFamily.Offer(ConfigParse.AddressFamily(a)), o => ConfigParse.Show(o.AddressFamily)),
        new("batchmode", (o, a) => o.BatchMode.Offer(a.Flag()), o => Show.Flag(o.BatchMode)),
        new("checkhostip", (o, a) => o.CheckHostIp.Offer(a.Flag()), o => Show.Flag(o.CheckHostIp)),
        new("compression", (o, a) => o.Compression.Offer(a.Flag()), o => Show.Flag(o.Compression)),
        new("hashknownhosts", (o, a) => o.HashKnownHosts.Offer(a.Flag()), o => Show.Flag(o.HashKnownHosts)),
        new("identitiesonly", (o, a) => o.IdentitiesOnly.Offer(a.Flag()), o => Show.Flag(o.IdentitiesOnly)),
        new("passwordauthentication", (o, a) => o.PasswordAuthentication.Offer(a.Flag()), o => Show.Flag(o.PasswordAuthentication)),
        new("pubkeyauthentication", (o, a) => o.PubkeyAuthentication.Offer(PubkeyMode(a)), o => TrueFalse(o.PubkeyAuthentication)),
        new("requesttty", (o, a) => o.RequestTty.Offer(Tty(a)), o => [ShowTty(o.RequestTty)]),
        new("sessiontype", (o, a) => o.SessionType.Offer(Session(a)), o => [o.SessionType.Value.ToString().ToLowerInvariant()]),
        new("stdinnull", (o, a) => o.StdinNull.Offer(a.Flag()), o => Show.Flag(o.StdinNull)),
        new("forkafterauthentication", (o, a) => o.ForkAfterAuthentication.Offer(a.Flag()), o => Show.Flag(o.ForkAfterAuthentication)),
        new("stricthostkeychecking", (o, a) => o.StrictHostKeyChecking.Offer(Checking(a)), o => [ShowChecking(o.StrictHostKeyChecking)]),
        new("ipqos", (o, a) => o.IpQos.Offer(TrafficClasses.Parse(a)), o => [o.IpQos.Value.ToString()]),
        new("tcpkeepalive", (o, a) => o.TcpKeepAlive.Offer(a.Flag()), o => Show.Flag(o.TcpKeepAlive)),
        new("visualhostkey", (o, a) => o.VisualHostKey.Offer(a.Flag()), o => Show.Flag(o.VisualHostKey)),
        new("connectionattempts", (o, a) => o.ConnectionAttempts.Offer(a.Number(1, 1000)), o => Show.Number(o.ConnectionAttempts)),
        new("numberofpasswordprompts", (o, a) => o.NumberOfPasswordPrompts.Offer(a.Number(0, 100)), o => Show.Number(o.NumberOfPasswordPrompts)),
        new("serveralivecountmax", (o, a) => o.ServerAliveCountMax.Offer(a.Number(1, 1000)), o => Show.Number(o.ServerAliveCountMax)),
        new("serveraliveinterval", (o, a) => o.ServerAliveInterval.Offer(a.Time()), o => Show.Time(o.ServerAliveInterval)),
        new("bindaddress", (o, a) => o.BindAddress.Offer(a.Name()), o => Show.Text(o.BindAddress)),
        new("updatehostkeys", (o, a) => o.UpdateHostKeys.Offer(Updates(a)), o => [ShowUpdates(o)]),
        new("hostkeyalgorithms", (o, a) => o.HostKeyAlgorithms.Offer(ConfigParse.KeyTypes(a)), o => Show.Text(o.HostKeyAlgorithms.Value.Text)),
        new("hostkeyalias", (o, a) => o.HostKeyAlias.Offer(a.Name()), o => Show.Text(o.HostKeyAlias)),
        new("loglevel", (o, a) => o.LogLevel.Offer(ConfigParse.LogLevel(a)), o => [Show.Log(o.LogLevel)]),
        new("syslogfacility", (o, a) => o.SyslogFacility.Offer(ConfigParse.Facility(a)), o => ConfigParse.Show(o.SyslogFacility)),
        new("preferredauthentications", (o, a) => o.PreferredAuthentications.Offer(a.Commas()), o => Show.Commas(o.PreferredAuthentications.Value)),
        new(
            "pubkeyacceptedalgorithms",
            (o, a) => o.PubkeyAcceptedAlgorithms.Offer(ConfigParse.KeyTypes(a)),
            o => Show.Text(o.PubkeyAcceptedAlgorithms.Value.Text)),
        new("identityfile", (o, a) => AddIdentity(o, a.Name()), o => o.IdentityFiles.Count > 0 ? o.IdentityFiles : ["~/.qssh/id_*"]),
        new("globalknownhostsfile", (o, a) => o.GlobalKnownHostsFile.Offer(ConfigParse.FilesOrNone(a)), o => Show.Words(o.GlobalKnownHostsFile.Value)),
        new("userknownhostsfile", (o, a) => o.UserKnownHostsFile.Offer(ConfigParse.FilesOrNone(a)), o => Show.Words(o.UserKnownHostsFile.Value)),
        new("knownhostscommand", (o, a) => o.KnownHostsCommand.Offer(ConfigParse.ProgramOrNone(a, "dhnprukHIKtf")), o => Show.TextOrNone(o.KnownHostsCommand)),
        new("sendenv", SendEnv, o => o.SendEnv),
        new("setenv", (o, a) => o.SetEnv.Offer(ConfigParse.Environment(a)), o => Show.Pairs(o.SetEnv.Value, '=')),
        new("ignoreunknown", (o, a) => o.IgnoreUnknown.Offer(a.Commas()), o => Show.Commas(o.IgnoreUnknown.Value)),
        new("remotecommand", (o, a) => o.RemoteCommand.Offer(ConfigParse.CommandOrNone(a)), o => Show.Text(o.RemoteCommand)),
        new("tag", (o, a) => o.Tag.Offer(a.Name()), o => Show.Text(o.Tag)),
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
        new("pubkeyacceptedkeytypes", (o, a) => o.PubkeyAcceptedAlgorithms.Offer(ConfigParse.KeyTypes(a)), null),
        new("keepalive", (o, a) => o.TcpKeepAlive.Offer(a.Flag()), null));

    /// <summary>Control bytes and a leading dash never reach a program or a log as a name.</summary>
    private static string UserName(ConfigArguments a)
    {
        string name = a.Name();
        return HostNames.IsSafeUser(name) ? name : throw new ConfigValueException("remote username contains invalid characters.");
    }

    private static void AddIdentity(ClientOptions options, string file)
    {
        if (!options.IdentityFiles.Contains(file))
            options.IdentityFiles.Add(file);
    }

    /// <summary>A name with a leading dash takes matching names out again.</summary>
    private static void SendEnv(ClientOptions options, ConfigArguments a)
    {
        foreach (string word in ConfigParse.EnvironmentPatterns(a))
        {
            if (word.StartsWith('-'))
                options.SendEnv.RemoveAll(name => PatternList.Matches([word[1..]], name));
            else if (!options.SendEnv.Contains(word))
                options.SendEnv.Add(word);
        }
    }

    private static bool PubkeyMode(ConfigArguments a) => a.Choice<bool>(
        ("yes", true), ("true", true), ("unbound", true), ("host-bound", true), ("no", false), ("false", false));

    private static TtyRequest Tty(ConfigArguments a) => a.Choice<TtyRequest>(
        ("yes", TtyRequest.Yes), ("true", TtyRequest.Yes), ("no", TtyRequest.No), ("false", TtyRequest.No),
        ("force", TtyRequest.Force), ("auto", TtyRequest.Auto));

    private static string ShowTty(TtyRequest value) => value switch
    {
        TtyRequest.Yes => "true",
        TtyRequest.No => "false",
        TtyRequest.Force => "force",
        _ => "auto",
    };

    private static SessionKind Session(ConfigArguments a) => a.Choice<SessionKind>(
        ("none", SessionKind.None), ("subsystem", SessionKind.Subsystem), ("default", SessionKind.Default));

    private static HostKeyChecking Checking(ConfigArguments a) => a.Choice<HostKeyChecking>(
        ("ask", HostKeyChecking.Ask), ("yes", HostKeyChecking.Yes), ("true", HostKeyChecking.Yes), ("accept-new", HostKeyChecking.AcceptNew),
        ("no", HostKeyChecking.No), ("false", HostKeyChecking.No), ("off", HostKeyChecking.No));

    private static HostKeyUpdates Updates(ConfigArguments a) => a.Choice<HostKeyUpdates>(
        ("yes", HostKeyUpdates.Yes), ("true", HostKeyUpdates.Yes), ("no", HostKeyUpdates.No), ("false", HostKeyUpdates.No), ("ask", HostKeyUpdates.Ask));

    private static string ShowUpdates(ClientOptions options) => options.EffectiveHostKeyUpdates switch
    {
        HostKeyUpdates.Yes => "true",
        HostKeyUpdates.Ask => "ask",
        _ => "false",
    };

    private static string ShowChecking(HostKeyChecking value) => value switch
    {
        HostKeyChecking.Yes => "true",
        HostKeyChecking.No => "false",
        HostKeyChecking.AcceptNew => "accept-new",
        _ => "ask",
    };

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
