using System.Net;
using System.Text;
using Qssh.Config;
using Qssh.Crypto.Hashes;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Platform.Native;

namespace Qssh.Client;

/// <summary>Answers what the configuration asks about this machine.</summary>
/// <param name="showsErrors">Whether a command of Match exec may say something.</param>
internal sealed class LocalMachine(bool showsErrors) : ILocalMachine
{
    private const int DigestSize = 20;

    public string HostName => Encoding.UTF8.GetString(File.ReadAllBytes("/proc/sys/kernel/hostname")).Trim();

    public uint UserId => UserIdentity.Uid;

    public List<IPAddress> Addresses => LocalAddresses.Find();

    public string Digest(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        Sha3.Hash256(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..DigestSize]);
    }

    public bool Succeeds(string command)
    {
        using OwnedFd? none = Descriptor.Open("/dev/null", Libc.O_RDWR, 0, out _);
        int nowhere = none?.Value ?? throw new FailureException("cannot open /dev/null");
        return ShellCommand.Run(command, nowhere, nowhere, showsErrors ? 2 : nowhere) == 0;
    }

    public bool Resolves(string host) => NameResolver.Exists(host);
}
