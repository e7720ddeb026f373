using Qssh.Schedule;
using Qssh.Wire.Messages.Transport;
using static Qssh.Tests.Support.ProtocolVectors;
using Xunit;

namespace Qssh.Tests.Schedule;

public sealed class KeyScheduleTests
{
    [Fact]
    public void Chain0() => Assert.Equal(Hex("inputs", "chain0"), Labels.Chain0.ToArray());

    [Fact]
    public void Transcript_points()
    {
        Transcript transcript = Transcript.Start();
        transcript.Append(Hex("messages", "CH"));
        foreach (string name in (string[])["SH", "SA", "SI", "SP", "SF", "CF"])
        {
            transcript.Append(Hex("messages", name));
            Assert.Equal(Hex("transcript", "H_" + name), Point(transcript));
        }
    }

    [Fact]
    public void Transcript_point_with_qkd()
    {
        Transcript transcript = Transcript.Start();
        foreach (string name in (string[])["CH", "SH", "SA", "SI", "SP", "SF"])
            transcript.Append(Hex("messages", name));
        transcript.Append(Hex("qkd", "QK"));
        Assert.Equal(Hex("qkd", "H_QK"), Point(transcript));
    }

    [Fact]
    public void Transcript_is_a_value()
    {
        Transcript transcript = Transcript.Start();
        transcript.Append([1]);
        byte[] before = Point(transcript);
        Transcript copy = transcript;
        copy.Append([2]);
        Assert.Equal(before, Point(transcript));
        Assert.NotEqual(before, Point(copy));
    }

    [Fact]
    public void Transcript_of_one_message()
    {
        byte[] hash = new byte[64];
        Transcript.HashOne(Hex("messages", "CH"), hash);
        Assert.Equal(Hex("retry", "H_CH1"), hash);
    }

    [Fact]
    public void Host_id()
    {
        byte[] id = new byte[32];
        HostId.Compute(Hex("messages", "SI").AsSpan(3), id);
        Assert.Equal(Hex("transcript", "host_id"), id);
    }

    [Fact]
    public void Handshake_secrets()
    {
        using KeySchedule schedule = Handshake();
        Assert.Equal(Hex("schedule", "HS"), schedule.ChainBytes.ToArray());
        using TrafficSecret client = schedule.DeriveClientHandshakeSecret();
        using TrafficSecret server = schedule.DeriveServerHandshakeSecret();
        Assert.Equal(Hex("schedule", "client_handshake"), client.Bytes.ToArray());
        Assert.Equal(Hex("schedule", "server_handshake"), server.Bytes.ToArray());
        CheckFrameKey(client, "client_handshake");
        CheckFrameKey(server, "server_handshake");
    }

    [Fact]
    public void Finished()
    {
        using KeySchedule schedule = Handshake();
        byte[] mac = new byte[32];
        schedule.ComputeServerFinished(Hex("transcript", "H_SP"), mac);
        Assert.Equal(Hex("schedule", "server_finished"), mac);
        schedule.ComputeClientFinished(Hex("transcript", "H_SF"), mac);
        Assert.Equal(Hex("schedule", "client_finished"), mac);
        schedule.ComputeClientFinished(Hex("qkd", "H_QK"), mac);
        Assert.Equal(Hex("qkd", "client_finished"), mac);
    }

    [Fact]
    public void Finished_keys()
    {
        foreach (string side in (string[])["client", "server"])
        {
            byte[] label = System.Text.Encoding.ASCII.GetBytes($"QSSH/1 {side} finished key");
            byte[] key = new byte[32];
            Kdf.Derive(Hex("schedule", "HS"), label, key);
            Assert.Equal(Hex("schedule", side + "_finished_key"), key);
        }
    }

    [Fact]
    public void Master_without_and_with_qkd()
    {
        byte[] master = new byte[32];
        Kdf.Mix(Hex("schedule", "HS"), new byte[32], Labels.Mix.Master, Hex("transcript", "H_CF"), master);
        Assert.Equal(Hex("schedule", "MS"), master);
        Kdf.Mix(Hex("schedule", "HS"), Hex("qkd", "qkd_key"), Labels.Mix.Master, Hex("qkd", "H_CF"), master);
        Assert.Equal(Hex("qkd", "MS"), master);
    }

    [Fact]
    public void Session_leaves()
    {
        using KeySchedule schedule = Handshake();
        using SessionSecrets session = schedule.EnterMaster([], Hex("transcript", "H_CF"));
        CheckLeaves(session);
    }

    [Fact]
    public void Session_with_qkd_has_the_leaves_of_its_master()
    {
        using KeySchedule schedule = Handshake();
        using SessionSecrets session = schedule.EnterMaster(Hex("qkd", "qkd_key"), Hex("qkd", "H_CF"));
        using SessionSecrets expected = SessionSecrets.FromMaster(Hex("qkd", "MS"));
        Assert.Equal(expected.SessionId.ToArray(), session.SessionId.ToArray());
        Assert.Equal(expected.ClientTraffic.Bytes.ToArray(), session.ClientTraffic.Bytes.ToArray());
    }

    [Fact]
    public void Ratchet()
    {
        using SessionSecrets session = SessionSecrets.FromMaster(Hex("schedule", "MS"));
        using TrafficSecret secret = session.TakeClientTraffic();
        for (int step = 0; step <= 3; step++)
        {
            Assert.Equal(Hex("ratchet", $"step{step}"), secret.Bytes.ToArray());
            if (step < 3)
                secret.Ratchet();
        }

        using FrameKey key = secret.DeriveFrameKey();
        Assert.Equal(Hex("ratchet", "step3_key"), key.Key.ToArray());
        Assert.Equal(Hex("ratchet", "step3_iv"), key.Iv.ToArray());
        Assert.Throws<InvalidOperationException>(() => session.TakeClientTraffic());
        Assert.Throws<InvalidOperationException>(() => session.ClientTraffic);
    }

    [Fact]
    public void Server_traffic_frame_key()
    {
        using SessionSecrets session = SessionSecrets.FromMaster(Hex("schedule", "MS"));
        CheckFrameKey(session.ServerTraffic, "server_traffic");
    }

    [Fact]
    public void Steps_out_of_order_are_refused_and_change_nothing()
    {
        byte[] mac = new byte[32];
        using KeySchedule schedule = new(EarlyKind.None, []);
        Assert.Throws<InvalidOperationException>(() => schedule.ComputeServerFinished(mac, mac));
        Assert.Throws<InvalidOperationException>(() => schedule.DeriveClientHandshakeSecret());
        Assert.Throws<InvalidOperationException>(() => schedule.EnterMaster([], mac));
        schedule.EnterHandshake(Hex("kem", "Z"), Hex("transcript", "H_SH"));
        Assert.Throws<InvalidOperationException>(() => schedule.EnterHandshake(Hex("kem", "Z"), Hex("transcript", "H_SH")));
        Assert.Throws<InvalidOperationException>(() => schedule.ComputeBinder(mac, mac));
        using SessionSecrets session = schedule.EnterMaster([], Hex("transcript", "H_CF"));
        CheckLeaves(session);
        Assert.Throws<InvalidOperationException>(() => schedule.ComputeClientFinished(mac, mac));
        Assert.All(schedule.ChainBytes.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void An_early_kind_without_a_secret_is_a_mistake_and_so_is_the_reverse()
    {
        Assert.Throws<ArgumentException>(() => new KeySchedule(EarlyKind.None, new byte[32]));
        Assert.Throws<ArgumentException>(() => new KeySchedule(EarlyKind.Resume, []));
    }

    [Fact]
    public void Resumption_root_is_wiped_after_the_tickets_are_out()
    {
        using SessionSecrets session = SessionSecrets.FromMaster(Hex("schedule", "MS"));
        session.ForgetResumptionRoot();
        Assert.All(session.ResumptionRoot.ToArray(), value => Assert.Equal(0, value));
        Assert.Throws<InvalidOperationException>(() => session.DeriveTicketSecret(new byte[32], new byte[32]));
    }

    private static void CheckLeaves(SessionSecrets session)
    {
        Assert.Equal(Hex("schedule", "client_traffic"), session.ClientTraffic.Bytes.ToArray());
        Assert.Equal(Hex("schedule", "server_traffic"), session.ServerTraffic.Bytes.ToArray());
        Assert.Equal(Hex("schedule", "session_id"), session.SessionId.ToArray());
        Assert.Equal(Hex("schedule", "exporter_root"), session.ExporterRoot.ToArray());
        Assert.Equal(Hex("schedule", "resumption_root"), session.ResumptionRoot.ToArray());
        Assert.Equal(Hex("schedule", "attach_secret"), session.AttachSecret.ToArray());
        Assert.Equal(Hex("schedule", "attach_handle"), session.AttachHandle.ToArray());
        byte[] output = new byte[32];
        session.DeriveTicketSecret(Hex("resume", "handle"), output);
        Assert.Equal(Hex("schedule", "ticket_secret"), output);
        using RekeySchedule rekey = session.TakeRekeySchedule();
        Assert.Equal(Hex("schedule", "rekey_root"), rekey.RootBytes.ToArray());
    }

    private static KeySchedule Handshake()
    {
        KeySchedule schedule = new(EarlyKind.None, []);
        Assert.Equal(Hex("schedule", "E"), schedule.ChainBytes.ToArray());
        schedule.EnterHandshake(Hex("kem", "Z"), Hex("transcript", "H_SH"));
        return schedule;
    }

    private static void CheckFrameKey(TrafficSecret secret, string name)
    {
        using FrameKey key = secret.DeriveFrameKey();
        Assert.Equal(Hex("frames", name + "_key"), key.Key.ToArray());
        Assert.Equal(Hex("frames", name + "_iv"), key.Iv.ToArray());
    }

    private static byte[] Point(in Transcript transcript)
    {
        byte[] hash = new byte[64];
        transcript.Point(hash);
        return hash;
    }
}
