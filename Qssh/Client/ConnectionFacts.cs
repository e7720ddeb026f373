using Qssh.Config;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Record;
using Qssh.Transport;

namespace Qssh.Client;

/// <summary>An authenticated connection as the user is told about it (<c>~I</c>), and the handles that escapes work on.</summary>
internal sealed record ConnectionFacts(
    string Host, string User, string Address, PublicKey HostKey, Suite Suite, Tier Tier, RecordConnection Connection, SessionLink Link, RekeyDriver Rekey)
{
    public string Describe()
    {
        RekeyState state = Rekey.State;
        return $"""
            peer        {User}@{Host} ({Address})
            host key    {HostKey}
            tier        {Tiers.ShortName(Tier)} ({Tiers.LongName(Tier)})
            suite       {Suite}
            generation  {state.SendGeneration} sending (step {state.SendStep}), {state.ReceiveGeneration} receiving (step {state.ReceiveStep})
            bytes       {Link.SentBytes} sent, {Link.ReceivedBytes} received
            round trip  {Link.RoundTrip} ms in the handshake
            """;
    }
}
