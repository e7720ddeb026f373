using Qssh.Schedule;
using Qssh.Wire.Messages.Transport;
using static Qssh.Tests.Support.ProtocolVectors;
using Xunit;

namespace Qssh.Tests.Schedule;

public sealed class EarlySecretTests
{
    [Fact]
    public void Psk_import_and_hint()
    {
        byte[] pskIn = new byte[32];
        PreSharedKey.Import(Hex("psk", "psk"), Hex("psk", "server_id"), Hex("psk", "client_id"), pskIn);
        Assert.Equal(Hex("psk", "psk_in"), pskIn);
        byte[] hint = new byte[16];
        PreSharedKey.Hint(pskIn, Hex("inputs", "client_random"), hint);
        Assert.Equal(Hex("psk", "hint"), hint);
    }

    [Fact]
    public void Ids_of_a_psk_are_not_symmetric()
    {
        byte[] one = new byte[32];
        byte[] other = new byte[32];
        PreSharedKey.Import(Hex("psk", "psk"), Hex("psk", "server_id"), Hex("psk", "client_id"), one);
        PreSharedKey.Import(Hex("psk", "psk"), Hex("psk", "client_id"), Hex("psk", "server_id"), other);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Psk_binder()
    {
        byte[] hello = Hex("psk", "CH");
        byte[] truncated = new byte[64];
        Transcript.HashOne(hello.AsSpan(..^32), truncated);
        Assert.Equal(Hex("psk", "H_truncated"), truncated);
        Assert.Equal(Hex("psk", "truncated_sha256"), System.Security.Cryptography.SHA256.HashData(hello.AsSpan(..^32)));
        Check("psk", EarlyKind.PreSharedKey, Hex("psk", "psk_in"));
        Assert.Equal(Hex("psk", "binder"), hello[^32..]);
    }

    [Fact]
    public void Resume_binder() => Check("resume", EarlyKind.Resume, Hex("resume", "ticket_secret"));

    [Fact]
    public void Attach_binder() => Check("attach", EarlyKind.Attach, Hex("attach", "secret"));

    [Fact]
    public void Pin_binder() => Check("pin", EarlyKind.Pin, [.. Hex("pin", "K_m"), .. Hex("pin", "ss")]);

    [Fact]
    public void Exporter()
    {
        using SessionSecrets session = SessionSecrets.FromMaster(Hex("schedule", "MS"));
        byte[] output = new byte[48];
        session.Export("test"u8, "context"u8, output);
        Assert.Equal(Hex("schedule", "exporter"), output);
        byte[] other = new byte[48];
        session.Export("testc"u8, "ontext"u8, other);
        Assert.NotEqual(output, other);
    }

    private static void Check(string section, EarlyKind kind, byte[] secret)
    {
        using KeySchedule schedule = new(kind, secret);
        Assert.Equal(Hex(section, "E"), schedule.ChainBytes.ToArray());
        byte[] key = new byte[32];
        Kdf.Derive(schedule.ChainBytes, Labels.Derive.FromEarly.BinderKey, key);
        Assert.Equal(Hex(section, "binder_key"), key);
        byte[] binder = new byte[32];
        schedule.ComputeBinder(Hex(section, "H_truncated"), binder);
        Assert.Equal(Hex(section, "binder"), binder);
    }
}
