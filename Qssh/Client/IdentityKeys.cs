using Qssh.Config;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;

namespace Qssh.Client;

/// <summary>
/// The user's keys in the order in which they are tried: the configured files, or the default ones that exist. A file is opened when its
/// turn comes; one that cannot be used is passed over.
/// </summary>
internal sealed class IdentityKeys(ClientConfig config, ClientLog log) : IDisposable
{
    private readonly List<Candidate> _candidates = List(config);
    private readonly List<PublicKey> _seen = [];
    private FileSigner? _ready;
    private int _next;

    private readonly record struct Candidate(string Path, bool IsConfigured);

    /// <summary>The last reason for which a file was passed over, for the message of a login that found no key.</summary>
    public string? Fault { get; private set; }

    /// <summary>Loads the first key, in time that would be spent waiting.</summary>
    public void Prepare() => _ready ??= Next();

    /// <returns>The next key; its owner is the caller. Null: there is no more.</returns>
    public FileSigner? Next()
    {
        if (_ready is { } ready)
        {
            _ready = null;
            return ready;
        }

        while (_next < _candidates.Count)
        {
            if (Load(_candidates[_next++]) is not { } signer)
                continue;
            if (IsAccepted(signer.Identity) && !_seen.Contains(signer.Identity))
            {
                _seen.Add(signer.Identity);
                return signer;
            }

            signer.Dispose();
        }

        return null;
    }

    public void Dispose() => _ready?.Dispose();

    private static List<Candidate> List(ClientConfig config)
    {
        List<Candidate> list = [];
        if (!config.Options.PubkeyAuthentication || !config.Options.PreferredAuthentications.Value.Contains("publickey"))
            return list;
        foreach (string file in config.Options.IdentityFiles)
        {
            if (!file.Equals("none", StringComparison.OrdinalIgnoreCase))
                list.Add(new Candidate(config.ExpandPath(file), true));
        }

        if (config.Options.IdentityFiles.Count > 0)
            return list;
        foreach (SignatureScheme scheme in (ReadOnlySpan<SignatureScheme>)[SignatureScheme.Falcon512, SignatureScheme.MlDsa65])
            AddDefault(config, SignatureAlgorithm.Find(scheme), list);
        foreach (SignatureAlgorithm algorithm in SignatureAlgorithm.All)
            AddDefault(config, algorithm, list);
        return list;
    }

    private static void AddDefault(ClientConfig config, SignatureAlgorithm? algorithm, List<Candidate> list)
    {
        if (algorithm is null)
            return;
        Candidate candidate = new(config.ExpandPath("~/.qssh/id_" + algorithm.Name), false);
        if (!list.Contains(candidate))
            list.Add(candidate);
    }

    private FileSigner? Load(Candidate candidate)
    {
        if (!File.Exists(candidate.Path))
        {
            log.Debug($"identity file {candidate.Path}: No such file or directory");
            if (candidate.IsConfigured)
                Fault = $"identity file {candidate.Path} does not exist";
            return null;
        }

        try
        {
            FileSigner signer = FileSigner.Load(candidate.Path);
            if (log.IsVerbose)
                log.Debug($"identity file {candidate.Path}: {signer.Identity}");
            return signer;
        }
        catch (FailureException fault)
        {
            // Said at once: a key that others may read, or a damaged one, has to be looked after, even if another key logs in.
            log.Info(fault.Message);
            Fault = fault.Message;
            return null;
        }
    }

    private bool IsAccepted(PublicKey key)
    {
        AlgorithmList accepted = config.Options.PubkeyAcceptedAlgorithms;
        if (accepted.Text.Length == 0)
            return true;
        List<string> names = [];
        foreach (SignatureAlgorithm algorithm in SignatureAlgorithm.All)
            names.Add(algorithm.Name);
        if (accepted.Resolve(names, names).Contains(key.TypeName))
            return true;
        log.Debug($"{key} is not among PubkeyAcceptedAlgorithms");
        return false;
    }
}
