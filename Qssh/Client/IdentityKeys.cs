using Qssh.Config;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Secrets;

namespace Qssh.Client;

/// <summary>
/// The user's keys in the order in which they are tried: the configured files, or the default ones that exist. A file is opened when its
/// turn comes; one that cannot be used is passed over.
/// </summary>
internal sealed class IdentityKeys(ClientConfig config, ClientLog log) : IDisposable
{
    private readonly List<Candidate> _candidates = List(config);
    private readonly List<PublicKey> _seen = [];
    private IdentityKey? _ready;
    private int _next;

    private readonly record struct Candidate(string Path, bool IsConfigured);

    /// <summary>The last reason for which a file was passed over, for the message of a login that found no key.</summary>
    public string? Fault { get; private set; }

    /// <summary>Loads the first key, in time that would be spent waiting.</summary>
    public void Prepare() => _ready ??= Next();

    /// <returns>The next key; its owner is the caller. Null: there is no more.</returns>
    public IdentityKey? Next()
    {
        if (_ready is { } ready)
        {
            _ready = null;
            return ready;
        }

        while (_next < _candidates.Count)
        {
            if (Load(_candidates[_next++]) is not { } key)
                continue;
            if (IsAccepted(key.Identity) && !_seen.Contains(key.Identity))
            {
                _seen.Add(key.Identity);
                return key;
            }

            key.Dispose();
        }

        return null;
    }

    /// <summary>Opens the private half, asking for the passphrase if there is one, a few times at most.</summary>
    /// <returns>The key's own signer. Null: it cannot be used, which was said.</returns>
    public async ValueTask<FileSigner?> OpenAsync(IdentityKey key)
    {
        if (key.Signer is null && (config.Options.BatchMode || !PassphrasePrompt.CanAsk))
            return Skip($"key {key.Path} is not used: it is protected by a passphrase, and {(config.Options.BatchMode ? "nothing is asked in batch mode" : "there is no terminal to ask for it")}");
        for (int tries = config.Options.NumberOfPasswordPrompts.Value; key.Signer is null && tries > 0; tries--)
        {
            using Passphrase? passphrase = await PassphrasePrompt.AskAsync($"Enter passphrase for key '{key.Path}': ");
            if (passphrase is null || passphrase.IsEmpty)
            {
                log.Debug2("no passphrase given, try next key");
                return Skip($"no passphrase was given for key {key.Path}");
            }

            if (!TryOpen(key, passphrase))
                log.Debug2("bad passphrase given, try again...");
        }

        return key.Signer ?? Skip($"wrong passphrase for key {key.Path}");
    }

    public void Dispose() => _ready?.Dispose();

    private static List<Candidate> List(ClientConfig config)
    {
        List<Candidate> list = [];
        if (!config.Options.PubkeyAuthentication || Array.IndexOf(config.Options.PreferredAuthentications.Value, "publickey") < 0)
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

    private IdentityKey? Load(Candidate candidate)
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
            IdentityKey key = IdentityKey.Read(candidate.Path);
            if (log.IsVerbose)
                log.Debug($"identity file {candidate.Path}: {key.Identity}{(key.Signer is null ? ", protected by a passphrase" : "")}");
            return key;
        }
        catch (FailureException fault)
        {
            // Said at once: a key that others may read, or a damaged one, has to be looked after, even if another key logs in.
            Skip(fault.Message);
            return null;
        }
    }

    private bool TryOpen(IdentityKey key, Passphrase passphrase)
    {
        try
        {
            return key.TryOpen(passphrase.Bytes);
        }
        catch (FailureException fault)
        {
            Skip(fault.Message);
            return false;
        }
    }

    private FileSigner? Skip(string reason)
    {
        log.Info(reason);
        Fault = reason;
        return null;
    }

    private bool IsAccepted(PublicKey key)
    {
        AlgorithmList accepted = config.Options.PubkeyAcceptedAlgorithms;
        if (accepted.Text.Length == 0)
            return true;
        if (accepted.Resolve(SignatureAlgorithm.Names, SignatureAlgorithm.Names).Contains(key.TypeName))
            return true;
        log.Debug($"{key} is not among PubkeyAcceptedAlgorithms");
        return false;
    }
}
