using System.Text;
using Qssh.Auth;
using Qssh.Config;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Transport;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Server;

/// <summary>
/// What a reload replaces as a whole: configuration, host keys and what follows from them. A connection keeps the state that it was
/// accepted under.
/// </summary>
internal sealed class ServerState
{
    private const int MaxBanner = HandshakeLimits.Banner;

    private readonly IReadOnlyList<FileSigner> _keys;
    private readonly byte[] _listedKeys;

    public ServerState(ServerConfig config, IReadOnlyList<FileSigner> keys)
    {
        Config = config;
        _keys = keys;
        _listedKeys = ListKeys(keys);
        ServerOptions options = config.Global;
        Policy = new AuthPolicy
        {
            UserSchemes = Schemes(options.PubkeyAcceptedAlgorithms),
            Attempts = Math.Clamp(options.MaxAuthTries, 1, HandshakeLimits.ClientAttempts),
        };
        Parameters = Policy.ToParameters(ReadBanner(options.Banner));
        Offer = new ServerOffer(TierSet.Between((Tier)options.MinTier.Value, (Tier)options.Tier.Value), Suites(options));
    }

    public ServerConfig Config { get; }

    public AuthPolicy Policy { get; }

    public ServerParameters Parameters { get; }

    public ServerOffer Offer { get; }

    public IReadOnlyList<FileSigner> Keys => _keys;

    /// <summary>All of them for clients that are logged in, as the records of HostKeyList.</summary>
    public ReadOnlySpan<byte> ListedKeys => _listedKeys;

    /// <returns>Null: no key of ours has this fingerprint.</returns>
    public FileSigner? FindKey(ReadOnlySpan<byte> digest)
    {
        for (int i = 0; i < _listedKeys.Length / ListedKey.RecordSize; i++)
        {
            if (ListedKey.ReadRecord(_listedKeys.AsSpan(i * ListedKey.RecordSize, ListedKey.RecordSize)).Digest.SequenceEqual(digest))
                return _keys[i];
        }

        return null;
    }

    public FileSigner HostKey(SignatureScheme scheme)
    {
        foreach (FileSigner key in _keys)
        {
            if (key.Algorithm.Scheme == scheme)
                return key;
        }

        throw new InvalidOperationException("a suite was offered that there is no host key for");
    }

    private SuiteList Suites(ServerOptions options)
    {
        SuiteList all = SuiteList.Default;
        if (options.Suites.Value.Text.Length > 0)
        {
            List<string> names = options.Suites.Value.Resolve(Names(SuiteList.Default), Names(SuiteList.Default));
            if (!SuiteList.TryParse(string.Join(',', names), out SuiteList? chosen, out string? reason))
                throw new FailureException($"Suites: {reason}", 1);
            all = chosen;
        }

        if (options.Ciphers.Value.Text.Length > 0)
        {
            all = all.WithCiphers(Suite.Ciphers(CipherNames.Resolve(options.Ciphers.Value, SuiteList.CipherPreference)))
                ?? throw new FailureException("no suite of 'Suites' has a cipher of 'Ciphers'", 1);
        }

        List<string> types = [];
        foreach (FileSigner key in _keys)
            types.Add(key.Algorithm.Name);
        List<string> allowed = options.HostKeyAlgorithms.Value.Resolve(types, types);
        if (allowed.Count == 0)
            throw new FailureException($"HostKeyAlgorithms names no type that there is a host key of; there are {string.Join(", ", types)}", 1);
        SignatureScheme[] schemes = [.. SchemesOf(allowed)];
        SuiteList fitting = all.WithHostSchemes(schemes) ?? throw new FailureException("no suite of 'Suites' fits the types of the host keys", 1);
        bool isOrdered = options.Suites.Value.Text.Length > 0 || options.HostKeyAlgorithms.Value.Text.Length == 0;
        return isOrdered ? fitting : fitting.OrderedBy(schemes);
    }

    private static string[] Names(SuiteList list)
    {
        string[] names = new string[list.Count];
        for (int i = 0; i < names.Length; i++)
            names[i] = list[i].ToString();
        return names;
    }

    private static List<SignatureScheme> Schemes(AlgorithmList list)
    {
        List<SignatureScheme> schemes = SchemesOf(list.Resolve(SignatureAlgorithm.Names, SignatureAlgorithm.Names));
        return schemes.Count > 0 ? schemes : throw new FailureException("PubkeyAcceptedAlgorithms names nothing that this build has", 1);
    }

    private static List<SignatureScheme> SchemesOf(List<string> names)
    {
        List<SignatureScheme> schemes = [];
        foreach (string name in names)
            schemes.Add(SignatureAlgorithm.FindByName(name)!.Scheme);
        return schemes;
    }

    private static byte[] ListKeys(IReadOnlyList<FileSigner> keys)
    {
        int count = Math.Min(keys.Count, HostKeyList.MaxKeys);
        byte[] list = new byte[count * ListedKey.RecordSize];
        for (int i = 0; i < count; i++)
        {
            Span<byte> record = list.AsSpan(i * ListedKey.RecordSize, ListedKey.RecordSize);
            record[0] = (byte)keys[i].Algorithm.Scheme;
            Sha256.Hash(keys[i].Identity.Blob, record[1..]);
        }

        return list;
    }

    private static byte[] ReadBanner(string path)
    {
        if (path.Length == 0 || path == "none")
            return [];
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] text = new byte[MaxBanner];
            return text[..file.ReadAtLeast(text, MaxBanner, throwOnEndOfStream: false)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Encoding.UTF8.GetBytes("");
        }
    }
}
