using Qssh.Config;
using Qssh.Errors;
using Qssh.Identity;
using Qssh.Platform;

namespace Qssh.Client;

/// <summary>
/// Lines of known_hosts from a program, beside those of the files. It is asked once the host has shown its key, as its tokens may speak
/// of it. A program that fails ends the connection: it may hold a revocation.
/// </summary>
internal sealed class KnownHostsCommand(ClientConfig config, ClientLog log)
{
    private const string Source = "KnownHostsCommand";

    public async ValueTask<KnownHostKeys> AddAsync(KnownHostKeys known, PublicKey key)
    {
        if (config.Options.KnownHostsCommand.Value.Length == 0)
            return known;

        string[] words = config.ExpandWords(
            config.Options.KnownHostsCommand,
            letter => letter switch
            {
                'H' => known.Label,
                'I' => "HOSTNAME",
                't' => key.TypeName,
                'f' => key.Fingerprint,
                'K' => Convert.ToBase64String(key.Blob),
                _ => null,
            });
        log.Debug($"{Source}: {words[0]}");
        SpawnRequest request = new(words[0], words) { Environment = ProcessEnvironment.Own() };
        HelperResult result = await HelperProgram.RunAsync(
            (input, output, error) => ChildProcess.Start(request with { Descriptors = [input, output, error] }), HelperProgram.Patience);
        if (result.Output is null)
            throw new FailureException($"{Source} {words[0]} failed: {Telemetry.Log.PeerText.Escape(result.Fault)}");

        List<KnownHostEntry> entries = new(known.Entries);
        using MemoryStream lines = new(result.Output);
        KnownHosts.Read(lines, Source, known.Label, entries, log.IsVerbose ? log.Debug2 : null);
        return new KnownHostKeys(known.Label, entries);
    }
}
