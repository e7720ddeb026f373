using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;

namespace Qssh.Server;

/// <summary>
/// Signatures of host keys with a hash-based part take up to a second, and anybody who says hello may ask for one: in the reactor they
/// would hold up everybody. So each is made by a process of its own, one at a time, and who waits is bounded, for each source and in all.
/// </summary>
internal sealed class SlowSignatures
{
    /// <summary>Some seconds of work: who comes later would only wait for the deadline.</summary>
    public const int MaxWaiting = 16;

    public const int MaxPerSource = 4;

    /// <summary>Proofs for clients that are logged in already wait behind every login, and fewer of them.</summary>
    public const int MaxProofs = 4;

    private const string Gone = "nobody waits any more";

    private readonly List<Job> _waiting = [];
    private bool _isWorking;

    private sealed class Job(FileSigner key, ReadOnlyMemory<byte> message, UInt128 source, bool isProof, Func<bool> isGone)
    {
        public FileSigner Key => key;

        public ReadOnlyMemory<byte> Message => message;

        public UInt128 Source => source;

        public bool IsProof => isProof;

        public bool IsGone => isGone();

        public Notifier Done { get; } = new();

        public byte[]? Signature { get; set; }

        public string Fault { get; set; } = "";
    }

    /// <summary>Signers and proofs in the queue, the one at work not among them.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>The key as a connection's handshake is to use it.</summary>
    /// <param name="source">Who asks.</param>
    /// <param name="isGone">Nobody waits any more: its turn is given to the next one.</param>
    public ISigner Of(FileSigner key, UInt128 source, Func<bool> isGone) => key.Algorithm.IsSlow ? new Signer(this, key, source, isGone) : key;

    /// <returns>Null: refused because too many wait, or failed; the reason is the second part.</returns>
    public async ValueTask<(byte[]? Signature, string Fault)> SignAsync(FileSigner key, ReadOnlyMemory<byte> message, UInt128 source, bool isProof, Func<bool> isGone)
    {
        DropGone();
        if (!HasRoom(source, isProof))
            return (null, "too many wait for slow signatures");
        Job job = new(key, message, source, isProof, isGone);
        int place = isProof ? _waiting.Count : _waiting.FindIndex(other => other.IsProof);
        _waiting.Insert(place < 0 ? _waiting.Count : place, job);
        if (!_isWorking)
        {
            _isWorking = true;
            Reactor.Current.Start(WorkAsync);
        }

        await job.Done.WaitAsync();
        return (job.Signature, job.Fault);
    }

    /// <summary>Who has hung up keeps nobody's place.</summary>
    private void DropGone()
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            Job job = _waiting[i];
            if (!job.IsGone)
                continue;
            _waiting.RemoveAt(i);
            job.Fault = Gone;
            job.Done.Set();
        }
    }

    private bool HasRoom(UInt128 source, bool isProof)
    {
        int proofs = 0, ofSource = 0;
        foreach (Job job in _waiting)
        {
            proofs += job.IsProof ? 1 : 0;
            ofSource += job.Source == source ? 1 : 0;
        }

        return ofSource < MaxPerSource && (isProof ? proofs < MaxProofs : _waiting.Count - proofs < MaxWaiting);
    }

    private async ValueTask WorkAsync()
    {
        while (_waiting.Count > 0)
        {
            Job job = _waiting[0];
            _waiting.RemoveAt(0);
            try
            {
                (job.Signature, job.Fault) = job.IsGone ? (null, Gone) : await SignatureChild.SignAsync(job.Key, job.Message);
            }
            catch (Exception fault)
            {
                // Whoever waits is told; the queue goes on.
                job.Fault = fault.Message;
            }

            job.Done.Set();
        }

        _isWorking = false;
    }

    private sealed class Signer(SlowSignatures queue, FileSigner key, UInt128 source, Func<bool> isGone) : ISigner
    {
        public SignatureAlgorithm Algorithm => key.Algorithm;

        public ReadOnlySpan<byte> PublicKey => key.PublicKey;

        public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message)
        {
            (byte[]? signature, string fault) = await queue.SignAsync(key, message, source, isProof: false, isGone);
            return signature ?? throw new ProtocolException(AlertCode.Refused, $"no {Algorithm.Name} host signature: {fault}");
        }
    }
}
