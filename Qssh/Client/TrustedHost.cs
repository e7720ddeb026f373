using Qssh.Config;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Transport;

namespace Qssh.Client;

/// <summary>
/// From an offer to a host that is trusted. Connects as often as SF4 wants: once more after a person said yes, with that key pinned for
/// this attempt (the server's deadline does not wait for people), and once more when the host is known by a key of another scheme.
/// </summary>
internal sealed class TrustedHost(ClientConfig config, HostConnector connector, HostQuestion person, ClientLog log)
{
    private KnownHostKeys? _known;
    private PublicKey? _confirmed;
    private HostKeyVerdict? _beforeNarrowing;
    private PublicKey? _offeredBefore;
    private bool _isNarrowed;

    private ClientOptions Options => config.Options;

    /// <summary>What may be learned about the trusted host; null: nothing.</summary>
    public HostKeyPlan? UpdatePlan { get; private set; }

    private string Label => _known!.Label;

    /// <summary>An alias names the host, whatever the port.</summary>
    private int KnownPort => Options.HostKeyAlias.IsSet ? HostLabel.DefaultPort : Options.Port;

    /// <summary>The first file is the one that new keys go to.</summary>
    private string? UserFile => Options.UserKnownHostsFile.Value is [var first, ..] ? config.ExpandPath(first) : null;

    /// <param name="whileWaiting">Work for the time in which the server computes.</param>
    public async ValueTask<ProvenHost> ConnectAsync(Action whileWaiting)
    {
        _known = FindKnown();
        ClientOffer offer = NarrowToPins(OfferBuilder.Build(Options));
        ProvenHost host = await ConnectAsync(offer, whileWaiting);
        while (true)
        {
            try
            {
                if (Options.RevokedHostKeys.Value.Length > 0 && RevokedHostKeys.Find(config.ExpandPath(Options.RevokedHostKeys), host.Key) is { } place)
                    throw Refuse(host, TrustMessages.Revoked(Label, host.Key, place));
                if (await JudgeAsync(host, offer) is not { } next)
                {
                    if (AddressCheck.Judge(Options, config.HostName, host, AllFiles(), UserFile, log) is { } reason)
                        throw Refuse(host, reason);
                    return host;
                }

                host.Dispose();
                offer = next;
            }
            catch
            {
                host.Dispose();
                throw;
            }

            host = await ConnectAsync(offer, null);
        }
    }

    /// <returns>Null: trusted. Else the offer of the next attempt.</returns>
    private async ValueTask<ClientOffer?> JudgeAsync(ProvenHost host, ClientOffer offer)
    {
        if (_confirmed is not null)
        {
            if (!host.Key.Equals(_confirmed))
                throw Refuse(host, $"{TrustMessages.Failed[..^1]}: the host showed another key ({host.Key.Fingerprint}) than the one that was just confirmed");
            if (Remember(host))
                UpdatePlan = HostKeyPlan.Of(Options, UserFiles(), _known!, host.Key, null);
            return null;
        }

        KnownHostKeys known = await new KnownHostsCommand(config, log).AddAsync(_known!, host.Key);
        HostKeyVerdict verdict = known.Check(host.Key);
        ClientOffer? narrowed = _beforeNarrowing is null ? Narrow(offer, verdict) : null;
        bool canAsk = verdict.Status == HostKeyStatus.Unknown && Options.StrictHostKeyChecking.Value == HostKeyChecking.Ask && person.CanAsk;
        switch (HostTrust.Decide(verdict.Status, Options.StrictHostKeyChecking, canAsk, narrowed is not null))
        {
            case TrustStep.Accept:
                log.Debug($"Host '{Label}' is known and matches the {host.KeyType} host key.");
                log.Debug($"Found key in {verdict.Place}");
                UpdatePlan = HostKeyPlan.Of(Options, UserFiles(), known, host.Key, verdict.Place);
                return null;
            case TrustStep.Remember:
                Remember(host);
                return null;
            case TrustStep.Ask:
                await ConfirmAsync(host);
                return offer;
            case TrustStep.Narrow:
                log.Debug($"the host is known by another type of key ({verdict.Place}): connecting again for that one");
                (_beforeNarrowing, _offeredBefore) = (verdict, host.Key);
                Farewell.Send(host.Connection, AlertCode.Close);
                return narrowed;
            case TrustStep.RefuseChanged:
                throw Refuse(host, TrustMessages.Changed(Label, host.Key, verdict));
            case TrustStep.RefuseRevoked:
                throw Refuse(host, TrustMessages.Revoked(Label, host.Key, verdict.Place!));
            default:
                bool strict = Options.StrictHostKeyChecking.Value == HostKeyChecking.Yes;
                throw Refuse(host, TrustMessages.Unknown(Label, host.KeyType, host.Key.Fingerprint, strict, UserFile ?? "a UserKnownHostsFile"));
        }
    }

    private async ValueTask<ProvenHost> ConnectAsync(ClientOffer offer, Action? whileWaiting)
    {
        try
        {
            return await connector.ConnectAsync(offer, whileWaiting);
        }
        catch (ConnectionEndException end)
        {
            // The host has no key any more of the scheme that it is known by.
            if (_beforeNarrowing is not null)
                throw new ShownFailureException(TrustMessages.Changed(Label, _offeredBefore!, _beforeNarrowing));
            throw _isNarrowed ? new ShownFailureException(TrustMessages.Gone(Label, _known!.Pinned)) : connector.Refused(end);
        }
    }

    /// <summary>
    /// CH2: where the host is not known by the type that comes first, only the types that it is known by are offered, so that it answers
    /// with one of them. Else the offer is that of somebody who knows nothing: what it tells a listener is least in the usual case.
    /// </summary>
    private ClientOffer NarrowToPins(ClientOffer offer)
    {
        List<SignatureScheme> pinned = _known!.PinnedSchemes;
        if (pinned.Count == 0 || pinned.Contains(offer.Suites[0].Host) || !Options.HostKeyAlgorithms.Value.KeepsDefaultOrder)
            return offer;
        if (offer.Suites.WithHostSchemes([.. pinned]) is not { } suites)
            return offer;
        _isNarrowed = true;
        return offer with { Suites = suites };
    }

    private static ClientOffer? Narrow(ClientOffer offer, HostKeyVerdict verdict)
    {
        if (verdict.OtherSchemes.Count == 0)
            return null;
        SuiteList? suites = offer.Suites.WithHostSchemes([.. verdict.OtherSchemes]);
        return suites is null ? null : offer with { Suites = suites };
    }

    private async ValueTask ConfirmAsync(ProvenHost host)
    {
        Farewell.Send(host.Connection, AlertCode.Close);
        host.Dispose();
        if (!await person.AskAsync(TrustMessages.Question(config.KnownHostName, host), host.Key.Fingerprint))
            throw new ShownFailureException(TrustMessages.Failed);
        _confirmed = host.Key;
    }

    private bool Remember(ProvenHost host)
    {
        string? warning = KnownHostsWriter.Add(UserFile, config.KnownHostName, KnownPort, host.Key, Options.HashKnownHosts);
        log.Info(warning ?? TrustMessages.Added(Label, host.KeyType));
        return warning is null;
    }

    private static ShownFailureException Refuse(ProvenHost host, string text)
    {
        Farewell.Send(host.Connection, AlertCode.Policy);
        return new ShownFailureException(text);
    }

    private List<string> UserFiles() => new(config.ExpandPaths(Options.UserKnownHostsFile.Value));

    private List<string> AllFiles()
    {
        List<string> files = UserFiles();
        foreach (string file in Options.GlobalKnownHostsFile.Value)
            files.Add(config.ExpandTilde(file));
        return files;
    }

    private KnownHostKeys FindKnown() => KnownHosts.Find(AllFiles(), config.KnownHostName, KnownPort, log.IsVerbose ? log.Debug2 : null);
}
