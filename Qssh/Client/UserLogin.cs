using System.Text;
using Qssh.Auth;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Schedule;
using Qssh.Telemetry.Log;
using Qssh.Transport;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Client;

/// <summary>Names the user to a trusted host and proves a key: one attempt per key until one is taken or none is left.</summary>
internal sealed class UserLogin(ClientConfig config, IdentityKeys keys, ClientLog log)
{
    private readonly List<string> _tried = [];

    /// <summary>The key that opened the account.</summary>
    public PublicKey? Key { get; private set; }

    private string Denied => $"{config.User}@{config.HostName}: Permission denied";

    /// <param name="first">Beginning of the session stream.</param>
    public async ValueTask<SessionSecrets> RunAsync(ProvenHost host, ReadOnlyMemory<byte> first)
    {
        ShowBanner(host);
        SessionSecrets session = host.Driver.Finish();
        try
        {
            await AuthenticateAsync(host, first);
            return session;
        }
        catch (Exception fault)
        {
            session.Dispose();
            if (fault is ProtocolException { Code: var code })
                Farewell.Send(host.Connection, code);
            throw Explain(fault);
        }
    }

    private async ValueTask AuthenticateAsync(ProvenHost host, ReadOnlyMemory<byte> first)
    {
        ClientAuthentication authentication = new(host.Driver.Handshake.Binding!, host.Driver.Parameters!, config.User);
        ClientAuthPhase phase = new(host.Connection, authentication);
        log.Debug2($"Authentications that can continue: {Methods(host.Driver.Parameters!.Methods)}");
        while (authentication.CanTry && keys.Next() is { } key)
        {
            using (key)
            {
                if (!authentication.CanUse(key.Identity))
                {
                    log.Debug($"the server takes no {key.Identity.TypeName} keys: not offered");
                    continue;
                }

                if (await keys.OpenAsync(key) is not { } signer)
                    continue;

                log.Debug($"Offering public key: {signer.Identity}");
                _tried.Add(signer.Identity.TypeName);
                AuthStatus status = await phase.TryAsync(signer, signer.Identity, first);
                if (status == AuthStatus.Success)
                {
                    Key = signer.Identity;
                    return;
                }

                log.Debug(status == AuthStatus.Partial ? "the key was right, another one is wanted" : "the key was not taken");
            }
        }

        Farewell.Send(host.Connection, AlertCode.Close);
        throw Failure(host.Driver.Parameters!.Methods);
    }

    /// <summary>One line; where nothing could be tried it says why, as the user has to change something.</summary>
    private ShownFailureException Failure(AuthMethods methods)
    {
        string text = $"{Denied} ({Methods(methods)})";
        if (_tried.Count > 0)
            return new ShownFailureException(text + ".");
        return new ShownFailureException(
            keys.Fault is null
                ? text + ": there is no key to try; make one with qssh keygen, or name one with -i"
                : $"{text}: there is no key to try: {keys.Fault}");
    }

    private Exception Explain(Exception fault) => fault switch
    {
        ConnectionEndException { Cause: EndCause.Alert, Alert: AlertCode.AuthenticationFailed } => new ShownFailureException($"{Denied} (publickey)."),
        ConnectionEndException { Cause: EndCause.Truncated } => new ShownFailureException($"Connection closed by {config.HostName} port {config.Options.Port.Value} during the login"),
        IOException or ProtocolException => new FailureException($"{config.HostName} port {config.Options.Port.Value}: {fault.Message}"),
        _ => fault,
    };

    /// <summary>Lines of the server, each escaped: they come before the login and could imitate a prompt.</summary>
    private void ShowBanner(ProvenHost host)
    {
        ReadOnlyMemory<byte> banner = host.Driver.Parameters!.Banner;
        if (banner.IsEmpty || log.Level < LogVerbosity.Info)
            return;
        foreach (string line in Encoding.UTF8.GetString(banner.Span).TrimEnd().Split('\n'))
            log.Info(PeerText.Escape(line.TrimEnd('\r').Replace("\t", "    "), 1000));
    }

    private static string Methods(AuthMethods methods)
    {
        StringBuilder names = new();
        Add(AuthMethods.PublicKey, "publickey");
        Add(AuthMethods.Certificate, "certificate");
        Add(AuthMethods.Password, "password");
        return names.Length > 0 ? names.ToString() : "none";

        void Add(AuthMethods method, string name)
        {
            if ((methods & method) != 0)
                names.Append(names.Length > 0 ? "," : "").Append(name);
        }
    }
}
