using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Tests.Support;

namespace Qssh.Tests.Hostile;

/// <summary>A host whose key is of two algorithms: somebody who has broken one of them is not the host.</summary>
[Collection(HostileTests.Name)]
public sealed class DualHostKeyTests(FalseServer server) : Xunit.IClassFixture<FalseServer>
{
    private const string Type = "falcon512+slhdsa-shake-128s";

    // The signature of Falcon is first, after its length; the other's length and signature follow.
    private const int Second = 2 + 666;

    private static readonly ServerOffer s_offer = new(
        TierSet.Between(Tier.PostQuantum, Tier.Hardened), SuiteList.Default.WithHostSchemes(SignatureScheme.Falcon512SlhDsa128s)!);

    [BinaryFact]
    public void Both_signatures_have_to_be_the_hosts()
    {
        server.Home.MakeKey("host_d", Type);
        server.Home.MakeKey("host_e", Type);
        server.Home.Know("host_d");
        using PrivateKey key = PrivateKeyFile.Load(server.Home["host_d"]), other = PrivateKeyFile.Load(server.Home["host_e"]);
        Refused("the quick half", (own, foreign) => foreign.AsSpan(0, Second).CopyTo(own));
        Refused("the slow half", (own, foreign) => foreign.AsSpan(Second).CopyTo(own.AsSpan(Second)));
        ProgramRun good = Run(peer =>
        {
            peer.SendFlight(peer.Flight(key.Public.Bytes, key.Key));
            peer.ReceiveFinished();
        });
        Assert.DoesNotContain("signature", good.Errors, StringComparison.Ordinal);

        void Refused(string half, Action<byte[], byte[]> change)
        {
            ProgramRun run = Run(peer =>
            {
                peer.SendFlight(peer.Flight(key.Public.Bytes, key.Key, own =>
                {
                    byte[] foreign = new byte[own.Length];
                    other.Key.Sign(peer.Handshake.BytesToSign(), foreign);
                    change(own, foreign);
                }));
                peer.ExpectAlert(AlertCode.HandshakeFailed, half);
            });
            FalseServer.AssertOneLine(run, "", half);
        }
    }

    private ProgramRun Run(Action<ScriptedServer> script) => server.Run(s_offer, ["-o", "HostKeyAlgorithms=" + Type], peer =>
    {
        peer.ReceiveHello();
        peer.SendServerHello();
        script(peer);
    });
}
