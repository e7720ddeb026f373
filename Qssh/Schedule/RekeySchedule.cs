using Qssh.Crypto.Hashes;
using Qssh.Secrets;

namespace Qssh.Schedule;

/// <summary>
/// The chain over the full rekeys of one connection (docs/protocol.md, sections 5 and 8): owns the rekey root of the newest generation,
/// apart from the traffic secrets, so that who has only those cannot follow.
/// </summary>
internal sealed class RekeySchedule : IDisposable
{
    private readonly SecretBuffer _root = new(Kdf.SecretSize);

    public RekeySchedule(ReadOnlySpan<byte> master) => Kdf.Derive(master, Labels.Derive.FromMaster.RekeyRoot, _root.Span);

    /// <summary>For tests against known answers.</summary>
    internal ReadOnlySpan<byte> RootBytes => _root.Span;

    /// <summary>H_rk over the initiator's role and both messages, headers included.</summary>
    public static void HashExchange(byte initiatorRole, ReadOnlySpan<byte> rekeyInit, ReadOnlySpan<byte> rekeyReply, Span<byte> output)
    {
        Keccak sponge = Kdf.StartHash(Labels.Hash.Rekey);
        sponge.Absorb([initiatorRole]);
        sponge.Absorb(rekeyInit);
        sponge.Absorb(rekeyReply);
        sponge.Squeeze(output);
    }

    /// <summary>
    /// MS_{g+1} and its three leaves: both traffic secrets come out, the new rekey root takes the old one's place. The caller
    /// owns what it gets.
    /// </summary>
    public (TrafficSecret Client, TrafficSecret Server) Advance(ReadOnlySpan<byte> z, ReadOnlySpan<byte> hRk, ReadOnlySpan<byte> zQkd)
    {
        Span<byte> master = stackalloc byte[Kdf.SecretSize];
        try
        {
            Kdf.Mix(_root.Span, z, Labels.Mix.Rekey, hRk, master);
            Kdf.Mix(master, KeySchedule.OrZeros(zQkd), Labels.Mix.Master, hRk, master);
            TrafficSecret client = new(master, Labels.Derive.FromMaster.ClientTraffic);
            TrafficSecret server = new(master, Labels.Derive.FromMaster.ServerTraffic);
            Kdf.Derive(master, Labels.Derive.FromMaster.RekeyRoot, _root.Span);
            return (client, server);
        }
        finally
        {
            ConstantTime.Wipe(master);
        }
    }

    public void Dispose() => _root.Dispose();
}
