using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Wire;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Server;

/// <summary>
/// Tells a client that is logged in which host keys there are, once, and proves each that it asks for, once: quick ones in turns of the
/// reactor, slow ones through the queue, behind every login.
/// </summary>
internal sealed class HostKeyAnnouncer(SessionMux mux, ServerState state, SessionBinding binding, SlowSignatures slow, UInt128 source) : IHostKeyMessages
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Queue<FileSigner> _wanted = [];
    private readonly HashSet<FileSigner> _asked = [];
    private bool _isListed;
    private bool _isProving;

    public void OnMessage(byte type, ReadOnlySpan<byte> message)
    {
        HostKeyRequest request = HostKeyRequest.ReadMessage(message);
        if (request.Digests.Count == 0)
            SendList();
        foreach (KeyDigest digest in request.Digests)
            Ask(digest.Value);
        if (_wanted.Count == 0 || _isProving)
            return;
        _isProving = true;
        Reactor.Current.Start(ProveAsync);
    }

    private void SendList()
    {
        if (_isListed)
            ProtocolException.Throw("the list of host keys was asked for twice");
        _isListed = true;
        mux.Send(new HostKeyList { Keys = new RecordList<ListedKey>(state.ListedKeys) });
    }

    private void Ask(ReadOnlySpan<byte> digest)
    {
        FileSigner? key = state.FindKey(digest);
        if (key is null || !_asked.Add(key))
            throw new ProtocolException(AlertCode.ProtocolError, "a host key was asked for that is not listed, or twice");
        _wanted.Enqueue(key);
    }

    private async ValueTask ProveAsync()
    {
        while (_wanted.TryDequeue(out FileSigner? key) && !mux.IsClosed)
        {
            byte[] message = HostKeyAnnouncement.Build(binding, (byte)key.Algorithm.Scheme, key.PublicKey);
            byte[]? signature = key.Algorithm.IsSlow
                ? (await slow.SignAsync(key, message, source, isProof: true, () => mux.IsClosed)).Signature
                : await key.SignAsync(message);
            await RoomAsync(MessageHeader.Size + 5 + key.PublicKey.Length + (signature?.Length ?? 0));
            mux.Send(new HostKeyProof { Scheme = (byte)key.Algorithm.Scheme, Key = key.PublicKey, Signature = signature ?? [] });
            // Everybody else's turn before the next one.
            await Reactor.Current.DelayAsync(TimeSpan.Zero);
        }

        _isProving = false;
    }

    /// <summary>While bulk data waits for a slow link, only what answers need is free: a proof that took it would end the session.</summary>
    private async ValueTask RoomAsync(int size)
    {
        while (!mux.IsClosed && mux.Link.Room < size)
            await Reactor.Current.DelayAsync(s_pause);
    }
}
