using Qssh.Identity;

namespace Qssh.Fuzz.Targets;

/// <summary>A known_hosts file: malformed lines are passed over, none may stop the others or the client.</summary>
internal sealed class KnownHostsTarget : IFuzzTarget
{
    private const string File = "known_hosts";
    private static readonly string s_label = HostLabel.Of("host.example", 22);

    public string Name => "known-hosts";

    public void Run(ReadOnlySpan<byte> input)
    {
        List<KnownHostEntry> entries = [];
        KnownHosts.Read(new MemoryStream(input.ToArray()), File, s_label, entries, CheckNote);
    }

    public bool IsExpected(Exception exception) => false;

    private static void CheckNote(string note) =>
        FuzzException.ThrowIf(!note.StartsWith(File, StringComparison.Ordinal) || note.Any(char.IsControl), "a note without its place, or with bytes of the file");
}
