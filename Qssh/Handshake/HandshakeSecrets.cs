using Qssh.Schedule;

namespace Qssh.Handshake;

/// <summary>Secrets of the sealed part of the handshake. Owned by the handshake, which wipes them after CF: derive frame keys at once.</summary>
internal sealed class HandshakeSecrets(TrafficSecret client, TrafficSecret server) : IDisposable
{
    public TrafficSecret Client { get; } = client;

    public TrafficSecret Server { get; } = server;

    public static HandshakeSecrets Derive(KeySchedule schedule) => new(schedule.DeriveClientHandshakeSecret(), schedule.DeriveServerHandshakeSecret());

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
