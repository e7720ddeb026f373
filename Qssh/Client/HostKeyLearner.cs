using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Wire;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Client;

/// <summary>
/// UpdateHostKeys: learns inside an authenticated session which keys the host has, from signatures over this very session, and forgets
/// those that it has no more. It never keeps anybody waiting: what is not there when the session ends is asked for again next time.
/// </summary>
/// <param name="handshake">Done by the time that the host answers.</param>
internal sealed class HostKeyLearner(SessionMux mux, HostKeyPlan plan, ClientHandshake handshake, ClientLog log) : IHostKeyMessages
{
    /// <summary>A slow key costs the host up to a second: not for a session that has ended by then.</summary>
    private static readonly TimeSpan s_slowDelay = TimeSpan.FromSeconds(2);

    private readonly List<Listed> _outstanding = [];
    private readonly List<PublicKey> _proved = [];
    private readonly List<PublicKey> _gone = [];
    private bool _isListed;
    private bool _isRefused;

    /// <summary>A key of the host's list.</summary>
    private sealed class Listed(string digest, SignatureScheme scheme)
    {
        public string Digest => digest;

        public SignatureScheme Scheme => scheme;
    }

    /// <summary>There is something that is not written yet.</summary>
    public bool HasNews => !_isRefused && (_proved.Count > 0 || _gone.Count > 0);

    public IReadOnlyList<PublicKey> Proved => _proved;

    public IReadOnlyList<PublicKey> Gone => _gone;

    /// <summary>Called when all that was asked for has been answered, with something new.</summary>
    public Action? Ready { get; set; }

    public void Begin() => mux.Send(new HostKeyRequest { Digests = default });

    public void Written()
    {
        _proved.Clear();
        _gone.Clear();
    }

    public void OnMessage(byte type, ReadOnlySpan<byte> message)
    {
        if (type == HostKeyList.MessageType)
            ReceiveList(HostKeyList.ReadMessage(message));
        else
            ReceiveProof(HostKeyProof.ReadMessage(message));
    }

    private void ReceiveList(HostKeyList list)
    {
        if (_isListed)
            ProtocolException.Throw("the list of host keys came twice");
        _isListed = true;
        List<Listed> listed = [];
        foreach (ListedKey key in list.Keys)
        {
            string digest = Convert.ToHexString(key.Digest);
            if (Find(listed, digest) is not null)
                ProtocolException.Throw("the list of host keys names one twice");
            listed.Add(new Listed(digest, (SignatureScheme)key.Scheme));
        }

        if (Find(listed, Digest(plan.Trusted)) is null)
        {
            log.Debug("the host does not list the key that it has just proved: its list is not used");
            return;
        }

        foreach (PublicKey key in plan.Pinned)
        {
            if (Take(listed, key) is null)
                _gone.Add(key);
        }

        foreach (PublicKey key in plan.KnownOtherwise)
            Take(listed, key);
        Ask(listed);
    }

    private void Ask(List<Listed> unknown)
    {
        List<Listed> quick = [], slow = [];
        foreach (Listed key in unknown)
        {
            if (SignatureAlgorithm.Find(key.Scheme) is { } algorithm && plan.Accepts(algorithm.Name))
                (algorithm.IsSlow ? slow : quick).Add(key);
        }

        log.Debug($"host keys: {quick.Count + slow.Count} to learn, {_gone.Count} gone");
        if (quick.Count > 0)
            Request(quick);
        else if (HasNews)
            Ready?.Invoke();
        if (slow.Count > 0)
            Reactor.Current.Schedule(s_slowDelay, () => Request(slow));
    }

    private void Request(List<Listed> keys)
    {
        if (mux.IsClosed || _isRefused)
            return;
        byte[] bytes = new byte[keys.Count * KeyDigest.Size];
        for (int i = 0; i < keys.Count; i++)
            Convert.FromHexString(keys[i].Digest).CopyTo(bytes, i * KeyDigest.Size);
        _outstanding.AddRange(keys);
        mux.Send(new HostKeyRequest { Digests = new RecordList<KeyDigest>(bytes) });
    }

    private void ReceiveProof(HostKeyProof proof)
    {
        PublicKey? key = PublicKey.TryCreate((SignatureScheme)proof.Scheme, proof.Key);
        if (key is null || Take(_outstanding, key) is not { } asked || asked.Scheme != key.Scheme)
            throw new ProtocolException(AlertCode.ProtocolError, "proof of a host key that was not asked for");
        if (proof.Signature.IsEmpty)
            log.Debug($"the host does not prove {key} now");
        else if (key.Algorithm!.Verify(key.Bytes, HostKeyAnnouncement.Build(handshake.Binding!, proof.Scheme, key.Bytes), proof.Signature))
            _proved.Add(key);
        else
            Refuse(key);
        if (_outstanding.Count == 0 && HasNews)
            Ready?.Invoke();
    }

    /// <summary>A host that claims a key which it has not teaches nothing, this one or another.</summary>
    private void Refuse(PublicKey key)
    {
        _isRefused = true;
        log.Info($"Warning: the host claims the {key.TypeName.ToUpperInvariant()} host key {key.Fingerprint} without having it; no host key is learned from it.");
    }

    private static Listed? Find(List<Listed> keys, string digest)
    {
        foreach (Listed key in keys)
        {
            if (key.Digest == digest)
                return key;
        }

        return null;
    }

    /// <summary>Takes the key out of the list. Null: it is not there.</summary>
    private static Listed? Take(List<Listed> keys, PublicKey key)
    {
        Listed? found = Find(keys, Digest(key));
        if (found is not null)
            keys.Remove(found);
        return found;
    }

    private static string Digest(PublicKey key)
    {
        byte[] digest = new byte[KeyDigest.Size];
        Sha256.Hash(key.Blob, digest);
        return Convert.ToHexString(digest);
    }
}
