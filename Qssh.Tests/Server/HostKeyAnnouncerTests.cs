using Qssh.Config;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Mux;
using Qssh.Platform;
using Qssh.Server;
using Qssh.Tests.Mux;
using Qssh.Tests.Support;
using Qssh.Wire.Messages.Connection;
using Xunit;

namespace Qssh.Tests.Server;

public sealed class HostKeyAnnouncerTests
{
    /// <summary>A key and signature of 30 KB would use up what a full writer keeps for answers, and the session would end.</summary>
    [Fact]
    public void A_proof_waits_until_the_link_has_room_for_it()
    {
        using TempDirectory directory = new();
        string path = Path.Combine(directory.Path, "qsshd_config");
        File.WriteAllText(path, "");
        using FileSigner key = new(new PrivateKey(SignatureAlgorithm.FindByName("mldsa65")!.GenerateKey(), ""));
        ServerState state = new(new ServerConfig(path, [], directory.Path), [key]);
        MemoryLink link = new() { Room = 1000 };
        SessionMux mux = new(link, Sides.Server, Gates.Login, 1, null);
        HostKeyAnnouncer announcer = new(mux, state, new SessionBinding(new byte[32], new byte[64], new byte[64], new byte[32]), new SlowSignatures(), 0);
        byte[] digest = new byte[KeyDigest.Size];
        Sha256.Hash(key.Identity.Blob, digest);

        using Reactor reactor = new();
        reactor.Run(async () =>
        {
            announcer.OnMessage(HostKeyRequest.MessageType, new HostKeyRequest { Digests = new(digest) }.ToArray());
            await Reactor.Current.DelayAsync(TimeSpan.FromMilliseconds(150));
            Assert.Equal(0, link.Queued);
            link.Room = 1 << 16;
            for (int i = 0; link.Queued == 0 && i < 500; i++)
                await Reactor.Current.DelayAsync(TimeSpan.FromMilliseconds(10));
            return 0;
        });
        Assert.Equal(HostKeyProof.MessageType, link.Take()[0]);
    }
}
