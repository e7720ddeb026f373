namespace Qssh.Config;

/// <summary>
/// Keywords of OpenSSH that mean nothing here or are not built yet: accepted with a debug note, so that existing files and tools
/// that pass them keep working. What would weaken or widen something when ignored is not in these lists.
/// </summary>
internal static class IgnoredKeywords
{
    private static readonly HashSet<string> s_client = Set("""
        addkeystoagent canonicalizepermittedcnames casignaturealgorithms certificatefile challengeresponseauthentication channeltimeout
        cipher compressionlevel controlmaster controlpath controlpersist dsaauthentication enableescapecommandline enablesshkeysign
        fallbacktorsh fingerprinthash forwardagent forwardx11 forwardx11timeout forwardx11trusted gatewayports globalknownhostsfile2
        gssapiauthentication gssapiclientidentity gssapidelegatecredentials gssapikexalgorithms gssapikeyexchange
        gssapirenewalforcesrekey gssapiserveridentity gssapitrustdns hostbasedacceptedalgorithms hostbasedacceptedkeytypes
        hostbasedauthentication hostbasedkeytypes identityagent identityfile2 kbdinteractiveauthentication kbdinteractivedevices
        kexalgorithms logverbose macs nohostauthenticationforlocalhost permitremoteopen pkcs11provider protocol requiredrsasize
        rhostsauthentication rhostsrsaauthentication rsaauthentication securitykeyprovider skeyauthentication smartcarddevice
        streamlocalbindmask streamlocalbindunlink tisauthentication tunnel tunneldevice usekeychain useprivilegedport
        userknownhostsfile2 useroaming usersh verifyhostkeydns versionaddendum warnweakcrypto xauthlocation
        """);

    private static readonly HashSet<string> s_server = Set("""
        allowagentforwarding allowstreamlocalforwarding allowtcpforwarding
        authorizedprincipalscommanduser casignaturealgorithms challengeresponseauthentication channeltimeout
        disableforwarding dsaauthentication exposeauthinfo fingerprinthash gatewayports gssapiauthentication
        gssapicleanupcredentials gssapikeyexchange gssapistorecredentialsonrekey gssapistrictacceptorcheck
        hostbasedacceptedalgorithms hostbasedacceptedkeytypes hostbasedauthentication hostbasedusesnamefrompacketonly
        hostcertificate hostkeyagent ignorerhosts ignoreuserknownhosts kbdinteractiveauthentication kerberosauthentication
        kerberosgetafstoken kerberosorlocalpasswd kerberosticketcleanup kexalgorithms keyregenerationinterval logverbose macs
        modulifile passwordauthentication permitemptypasswords permitlisten permitopen permittunnel permituserenvironment
        permituserrc persourcepenalties persourcepenaltyexemptlist printlastlog protocol requiredrsasize rhostsrsaauthentication
        rsaauthentication securitykeyprovider serverkeybits skeyauthentication sshdauthpath sshdsessionpath streamlocalbindmask
        streamlocalbindunlink unusedconnectiontimeout usedns uselogin useprivilegeseparation versionaddendum
        x11displayoffset x11forwarding x11uselocalhost xauthlocation
        """);

    /// <summary>Not built yet, and ignoring a value other than "none" would trust more or do less than asked.</summary>
    private static readonly HashSet<string> s_refusedByServer = Set("""
        authenticationmethods authorizedprincipalscommand authorizedprincipalsfile chrootdirectory
        refuseconnection revokedkeys trustedusercakeys
        """);

    public static IReadOnlyCollection<string> ClientNames => s_client;

    public static IReadOnlyCollection<string> ServerNames => s_server;

    public static IReadOnlyCollection<string> RefusedByServerNames => s_refusedByServer;

    public static bool Client(string name) => s_client.Contains(name);

    public static bool Server(string name) => s_server.Contains(name);

    public static bool RefusedByServer(string name) => s_refusedByServer.Contains(name);

    /// <summary>Whether a refused keyword's value says that it is not used.</summary>
    public static bool IsUnused(string value) => value.Trim().ToLowerInvariant() is "none" or "no" or "any";

    private static HashSet<string> Set(string names) =>
        new(names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
