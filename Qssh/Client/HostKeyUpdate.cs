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
            // What is wrong in one file stops all of them before the first is written.
            for (int i = 0; i < plan.Files.Count; i++)
                Change(i, writes: false);
            for (int i = 0; i < plan.Files.Count; i++)
                Change(i, writes: true);
            Tell();
        }
        catch (Exception fault) when (fault is FailureException or IOException or UnauthorizedAccessException)
        {
            log.Info($"The host's keys are not updated: {fault.Message}");
        }

        learner.Written();
    }

    private void Change(int index, bool writes)
    {
        string file = plan.Files[index];
        LockedFile.Change(file, MaxFile, PrivateMode, content =>
        {
            byte[]? changed = KnownHostsUpdate.Apply(content, plan.Label, index == 0 ? learner.Proved : [], learner.Gone, plan.Hashed, out string? reason);
            if (changed is null)
                throw new FailureException($"{reason} in {file}; change it by hand, or set UpdateHostKeys to no");
            return writes ? changed : null;
        });
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
}
