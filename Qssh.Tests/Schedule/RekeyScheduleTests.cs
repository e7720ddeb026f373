using System.Security.Cryptography;
using Qssh.Schedule;
using static Qssh.Tests.Support.ProtocolVectors;
using Xunit;

namespace Qssh.Tests.Schedule;

public sealed class RekeyScheduleTests
{
    [Theory]
    [InlineData("rekey_by_client", "rekey_by_client")]
    [InlineData("rekey_by_server", "rekey_by_client")]
    [InlineData("rekey_with_qkd", "rekey_by_client")]
    public void Leaves_of_the_next_generation(string section, string messages)
    {
        byte[] init = section == "rekey_with_qkd" ? WithQkd(Hex(messages, "RI")) : Hex(messages, "RI");
        byte[] reply = Hex(messages, "RR");
        if (section != "rekey_by_server")
            Assert.Equal(Hex(section, "RI_sha256"), SHA256.HashData(init));
        Assert.Equal(Hex(messages, "RR_sha256"), SHA256.HashData(reply));

        byte[] hash = new byte[64];
        RekeySchedule.HashExchange(Hex(section, "initiator_role")[0], init, reply, hash);
        Assert.Equal(Hex(section, "H_rekey"), hash);

        byte[] z = [.. Hex(section, "K_m"), .. Hex(section, "ss")];
        byte[] x = new byte[32];
        Kdf.Mix(Hex("schedule", "rekey_root"), z, Labels.Mix.Rekey, hash, x);
        Assert.Equal(Hex(section, "X"), x);

        using RekeySchedule rekey = new(Hex("schedule", "MS"));
        byte[] qkd = section == "rekey_with_qkd" ? Hex(section, "qkd_key") : [];
        (TrafficSecret client, TrafficSecret server) = rekey.Advance(z, hash, qkd);
        Assert.Equal(Hex(section, "client_traffic"), client.Bytes.ToArray());
        Assert.Equal(Hex(section, "server_traffic"), server.Bytes.ToArray());
        Assert.Equal(Hex(section, "rekey_root"), rekey.RootBytes.ToArray());
        client.Dispose();
        server.Dispose();
    }

    /// <summary>The printed RI ends with qkd = 0; the one with a QKD key has key_ID and qber instead.</summary>
    private static byte[] WithQkd(byte[] rekeyInit)
    {
        Assert.Equal(0, rekeyInit[^1]);
        ulong qber = Number("rekey_with_qkd", "qber_e4");
        byte[] message = [.. rekeyInit[..^1], 1, .. Hex("rekey_with_qkd", "key_id"), (byte)(qber >> 8), (byte)qber];
        int body = message.Length - 3;
        message[1] = (byte)(body >> 8);
        message[2] = (byte)body;
        return message;
    }
}
