namespace Qssh.Config;

/// <summary>The server's keywords, in the order in which <c>-T</c> prints them.</summary>
internal static class ServerKeywords
{
    public static KeywordTable<ServerOptions> Table { get; } = new(
        new("port", (o, a) => o.Ports.Add(a.Number(1, 65535)), ShowPorts),
        new("addressfamily", (o, a) => o.AddressFamily.Offer(ConfigParse.AddressFamily(a)), o => ConfigParse.Show(o.AddressFamily)),
        new("listenaddress", (o, a) => o.ListenAddresses.Add(ListenAddress.Parse(a.Name())), o => Show.All(o.Listeners())),
        new("usepam", (o, a) => NoPam(a), null),
        new("logingracetime", (o, a) => o.LoginGraceTime.Offer(a.Time()), o => Show.Time(o.LoginGraceTime)),
        new("maxauthtries", (o, a) => o.MaxAuthTries.Offer(a.Number(1, 255)), o => Show.Number(o.MaxAuthTries)),
        new("maxsessions", (o, a) => o.MaxSessions.Offer(a.Number(0, 1000)), o => Show.Number(o.MaxSessions)),
        new("maxconnections", (o, a) => o.MaxConnections.Offer(a.Number(1, 100_000)), o => Show.Number(o.MaxConnections)),
        new("clientaliveinterval", (o, a) => o.ClientAliveInterval.Offer(a.Time()), o => Show.Time(o.ClientAliveInterval)),
        new("clientalivecountmax", (o, a) => o.ClientAliveCountMax.Offer(a.Number(0, 1000)), o => Show.Number(o.ClientAliveCountMax)),
        new("permitrootlogin", (o, a) => o.PermitRootLogin.Offer(Root(a)), o => [ShowRoot(o.PermitRootLogin)]),
        new("pubkeyauthentication", (o, a) => o.PubkeyAuthentication.Offer(a.Flag()), o => Show.Flag(o.PubkeyAuthentication)),
        new("printmotd", (o, a) => o.PrintMotd.Offer(a.Flag()), o => Show.Flag(o.PrintMotd)),
        new("permittty", (o, a) => o.PermitTty.Offer(a.Flag()), o => Show.Flag(o.PermitTty)),
        new("compression", (o, a) => o.Compression.Offer(a.Choice("yes=1 delayed=1 no=0") != 0), o => Show.Flag(o.Compression)),
        new("strictmodes", (o, a) => o.StrictModes.Offer(a.Flag()), o => Show.Flag(o.StrictModes)),
        new("ipqos", (o, a) => o.IpQos.Offer(TrafficClasses.Parse(a)), o => [o.IpQos.Value.ToString()]),
        new("tcpkeepalive", (o, a) => o.TcpKeepAlive.Offer(a.Flag()), o => Show.Flag(o.TcpKeepAlive)),
        new("pidfile", (o, a) => o.PidFile.Offer(ConfigParse.NameOrNone(a)), o => Show.TextOrNone(o.PidFile)),
        new("banner", (o, a) => o.Banner.Offer(ConfigParse.NameOrNone(a)), o => Show.TextOrNone(o.Banner)),
        new("forcecommand", (o, a) => o.ForceCommand.Offer(ConfigParse.CommandOrNone(a)), o => Show.TextOrNone(o.ForceCommand)),
        new("loglevel", (o, a) => o.LogLevel.Offer(ConfigParse.LogLevel(a)), o => [Show.Log(o.LogLevel)]),
        new("syslogfacility", (o, a) => o.SyslogFacility.Offer(ConfigParse.Facility(a)), o => ConfigParse.Show(o.SyslogFacility)),
        new("logformat", (o, a) => o.LogJson.Offer(a.Choice("json=1 text=0") != 0), o => [o.LogJson ? "json" : "text"]),
        new(
            "logaddresses",
            (o, a) => o.LogFullAddresses.Offer(a.Choice("full=1 masked=0") != 0),
            o => [o.LogFullAddresses ? "full" : "masked"]),
        new("hostkeyalgorithms", (o, a) => o.HostKeyAlgorithms.Offer(ConfigParse.KeyTypes(a)), o => Show.Text(o.HostKeyAlgorithms.Value.Text)),
        new(
            "pubkeyacceptedalgorithms",
            (o, a) => o.PubkeyAcceptedAlgorithms.Offer(ConfigParse.KeyTypes(a)),
            o => Show.Text(o.PubkeyAcceptedAlgorithms.Value.Text)),
        new(
            "authorizedkeysfile",
            (o, a) => o.AuthorizedKeysFile.Offer(ConfigParse.FilesOrNone(a)),
            o => o.AuthorizedKeysFile.Value.Count > 0 ? Show.Words(o.AuthorizedKeysFile.Value) : ["none"]),
        new("authorizedkeyscommand", (o, a) => o.AuthorizedKeysCommand.Offer(ConfigParse.ProgramOrNone(a, "uUhktfC")), o => Show.TextOrNone(o.AuthorizedKeysCommand)),
        new(
            "authorizedkeyscommanduser",
            (o, a) => o.AuthorizedKeysCommandUser.Offer(ConfigParse.NameOrNone(a)),
            o => Show.TextOrNone(o.AuthorizedKeysCommandUser)),
        new("hostkey", (o, a) => AddOnce(o.HostKeys, [a.Name()]), o => o.HostKeys),
        new("allowusers", (o, a) => AddOnce(o.AllowUsers, Users(a)), o => o.AllowUsers),
        new("denyusers", (o, a) => AddOnce(o.DenyUsers, Users(a)), o => o.DenyUsers),
        new("allowgroups", (o, a) => AddOnce(o.AllowGroups, a.Many()), o => o.AllowGroups),
        new("denygroups", (o, a) => AddOnce(o.DenyGroups, a.Many()), o => o.DenyGroups),
        new("acceptenv", (o, a) => AddOnce(o.AcceptEnv, ConfigParse.EnvironmentPatterns(a)), o => o.AcceptedEnvironment),
        new("setenv", (o, a) => o.SetEnv.Offer(ConfigParse.Environment(a)), o => Show.Pairs(o.SetEnv.Value, '=')),
        new("subsystem", (o, a) => Subsystem(o, a), o => Show.Pairs(o.Subsystems, ' ')),
        new("maxstartups", (o, a) => o.MaxStartups.Offer(StartLimit.Parse(a.Name())), o => [o.MaxStartups.Value.ToString()]),
        new(
            "persourcemaxconnections",
            (o, a) => o.PerSourceMaxConnections.Offer(NumberOrNone(a)),
            o => [ShowNumberOrNone(o.PerSourceMaxConnections)]),
        new(
            "persourcestartrate",
            (o, a) => o.PerSourceStartRate.Offer(StartRateLimit.Parse(a.Name())),
            o => [o.PerSourceStartRate.Value.ToString()]),
        new("persourcemaxstartups", (o, a) => o.PerSourceMaxConnections.Offer(NumberOrNone(a)), null),
        new("persourcenetblocksize", (o, a) => o.PerSourceNetBlockSize.Offer(NetworkBlock.Parse(a.Name())), o => [o.PerSourceNetBlockSize.Value.ToString()]),
        new("rekeylimit", (o, a) => o.RekeyLimit.Offer(RekeyLimit.Parse(a)), o => [o.RekeyLimit.Value.ToString()]),
        new("tier", (o, a) => o.Tier.Offer(TierName.ParseOrAuto(a.Name())), o => [TierName.Of(o.Tier)]),
        new("mintier", (o, a) => o.MinTier.Offer(TierName.Parse(a.Name())), o => [TierName.Of(o.MinTier)]),
        new("minimumtier", (o, a) => o.MinTier.Offer(TierName.Parse(a.Name())), null),
        new("ciphers", (o, a) => o.Ciphers.Offer(ConfigParse.Ciphers(a)), o => Show.Text(o.Ciphers.Value.Text)),
        new("suites", (o, a) => o.Suites.Offer(ConfigParse.Algorithms(a)), o => Show.Text(o.Suites.Value.Text)),
        // Other spellings of keywords above, as OpenSSH has them.
        new("pubkeyacceptedkeytypes", (o, a) => o.PubkeyAcceptedAlgorithms.Offer(ConfigParse.KeyTypes(a)), null),
        new("keepalive", (o, a) => o.TcpKeepAlive.Offer(a.Flag()), null));

    /// <summary>Describe the server as a whole, so that they cannot depend on who connects.</summary>
    private static readonly HashSet<string> s_globalOnly =
    [
        "port", "addressfamily", "listenaddress", "pidfile", "hostkey", "maxstartups", "maxconnections", "persourcemaxconnections",
        "persourcemaxstartups", "persourcenetblocksize", "logingracetime", "strictmodes", "usepam", "ciphers", "suites", "hostkeyalgorithms",
        "tcpkeepalive", "keepalive", "printmotd", "logaddresses", "syslogfacility", "tier", "maxauthtries",
    ];

    public static bool IsGlobalOnly(string name) => s_globalOnly.Contains(name);

    /// <summary>A malformed network in a list of users is found here and not when somebody logs in.</summary>
    private static List<string> Users(ConfigArguments a)
    {
        foreach (string word in a.Many())
        {
            int at = word.LastIndexOf('@');
            if (at >= 0)
                ServerMatch.MatchesAddress(word[(at + 1)..], null);
        }

        return a.Words;
    }

    private static void AddOnce(List<string> list, List<string> words)
    {
        foreach (string word in words)
        {
            if (word.Length == 0)
                throw new ConfigValueException("empty argument.");
            if (!list.Contains(word))
                list.Add(word);
        }
    }

    private static IEnumerable<string> ShowPorts(ServerOptions options) =>
        options.Ports.Count > 0 ? options.Ports.ConvertAll(port => port.ToString()) : [ClientOptions.DefaultPort.ToString()];

    /// <summary>A static program loads no modules: "no" is what it does, "yes" cannot be done.</summary>
    private static void NoPam(ConfigArguments a)
    {
        if (a.Flag())
            throw new ConfigValueException("UsePAM is not supported: a static program cannot load PAM modules. Set it to no.");
    }

    /// <summary>The first definition of a name counts.</summary>
    private static void Subsystem(ServerOptions options, ConfigArguments a)
    {
        List<string> words = a.Many();
        if (words.Count < 2)
            throw new ConfigValueException("Subsystem needs a name and a command.");
        options.Subsystems.TryAdd(words[0], string.Join(' ', words.GetRange(1, words.Count - 1).ConvertAll(ConfigWords.Quote)));
    }

    private static int NumberOrNone(ConfigArguments a)
    {
        string word = a.Name();
        return ConfigParse.IsNone(word) ? int.MaxValue : ConfigArguments.Number(word, 1, 100_000);
    }

    private static string ShowNumberOrNone(int value) => value == int.MaxValue ? "none" : value.ToString();

    private const string RootLogins = "prohibit-password=0 without-password=0 no=1 forced-commands-only=2 yes=3";

    private static RootLogin Root(ConfigArguments a) => (RootLogin)a.Choice(RootLogins);

    private static string ShowRoot(RootLogin value) => NamedValues.NameOf(RootLogins, (int)value);
}
