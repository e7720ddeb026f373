using Qssh.Files;
using Qssh.Files.Legacy;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Tests.Files.Legacy;

/// <summary>A peer whose words are written beforehand, as bytes of a file, and whose ears are another file.</summary>
internal sealed class ScriptedLegacyPeer : IDisposable
{
    private readonly string _directory;
    private readonly OwnedFd _input, _output;

    public ScriptedLegacyPeer(string directory, byte[] script)
    {
        _directory = directory;
        File.WriteAllBytes(Path.Combine(directory, "script"), script);
        _input = Descriptor.Open(Path.Combine(directory, "script"), Libc.O_RDONLY, 0, out _)!;
        _output = Descriptor.Open(Path.Combine(directory, "heard"), Libc.O_WRONLY | Libc.O_CREAT | Libc.O_TRUNC, 0x180, out _)!;
        Report = new TransferReport(Said.Add);
        Peer = new LegacyPeer(new LegacyLink(_input.Value, _output.Value), Report);
    }

    public List<string> Said { get; } = [];

    public TransferReport Report { get; }

    public LegacyPeer Peer { get; }

    public byte[] Heard => File.ReadAllBytes(Path.Combine(_directory, "heard"));

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
    }
}
