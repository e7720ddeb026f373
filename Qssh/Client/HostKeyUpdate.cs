using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Mux;
using Qssh.Platform;

namespace Qssh.Client;

/// <summary>UpdateHostKeys from login to exit: writes what was learned about a host to the user's known_hosts files, each file at once.</summary>
internal sealed class HostKeyUpdate(HostKeyPlan plan, HostKeyLearner learner, HostQuestion person, ClientLog log)
{
    private const int MaxFile = TextLines.MaxBytes;

    private const uint PrivateMode = 0x180;

    /// <summary>The question to the host travels with the login.</summary>
    /// <returns>Null: nothing is to be learned.</returns>
    public static HostKeyUpdate? Begin(SessionMux mux, HostKeyPlan? plan, ClientHandshake handshake, HostQuestion person, ClientLog log)
    {
        if (plan is null)
            return null;
        HostKeyLearner learner = new(mux, plan, handshake, log);
        HostKeyUpdate update = new(plan, learner, person, log);
        // A person is busy with the session, and asked when it is over.
        if (!plan.Asks)
            learner.Ready = update.Write;
        mux.HostKeys = learner;
        learner.Begin();
        return update;
    }

    /// <summary>After the session: what has not been written yet.</summary>
    public async ValueTask FinishAsync()
    {
        if (!learner.HasNews)
            return;
        if (plan.Asks && (!person.CanAsk || !await person.AskAsync(Question(), "yes")))
            return;
        Write();
    }

    private void Write()
    {
        try
        {
            List<FileChange> changes = [];
            for (int i = 0; i < plan.Files.Count; i++)
            {
                if (Change(plan.Files[i], i == 0 ? learner.Proved : []) is { } change)
                    changes.Add(change);
            }

            foreach (FileChange change in changes)
                AtomicFile.Write(change.Path, change.Content, change.Mode, replace: true);
            Tell();
        }
        catch (Exception fault) when (fault is FailureException or IOException or UnauthorizedAccessException)
        {
            log.Info($"The host's keys are not updated: {fault.Message}");
        }

        learner.Written();
    }

    /// <summary>Null: nothing to change.</summary>
    private FileChange? Change(string file, IReadOnlyList<PublicKey> learned)
    {
        // A link stays one: what it points to is replaced.
        string path = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        byte[] content = [];
        uint mode = PrivateMode;
        if (FileStatus.OfPath(path, followLinks: true, out FileStatus status) == 0)
        {
            if (status.Kind != FileKind.Regular || status.Size > MaxFile)
                throw new FailureException($"{path} is no file of at most {MaxFile >> 20} MiB");
            content = File.ReadAllBytes(path);
            mode = status.Mode;
        }

        byte[]? changed = KnownHostsUpdate.Apply(content, plan.Label, learned, learner.Gone, plan.Hashed, out string? reason);
        if (changed is null)
            throw new FailureException($"{reason} in {file}; change it by hand, or set UpdateHostKeys to no");
        return ReferenceEquals(changed, content) ? null : new FileChange(path, changed, mode);
    }

    private void Tell()
    {
        foreach (PublicKey key in learner.Proved)
            log.Verbose($"Learned new hostkey: {key}");
        foreach (PublicKey key in learner.Gone)
            log.Verbose($"Deprecating obsolete hostkey: {key}");
    }

    private string Question()
    {
        System.Text.StringBuilder text = new();
        foreach (PublicKey key in learner.Proved)
            text.Append($"The host '{plan.Label}' has proved a new key: {key.TypeName.ToUpperInvariant()} {key.Fingerprint}\n");
        foreach (PublicKey key in learner.Gone)
            text.Append($"The host '{plan.Label}' has no more the key: {key.TypeName.ToUpperInvariant()} {key.Fingerprint}\n");
        return text.Append("Accept updated host keys (yes/no)? ").ToString();
    }

    private sealed class FileChange(string path, byte[] content, uint mode)
    {
        public string Path => path;

        public byte[] Content => content;

        public uint Mode => mode;
    }
}
