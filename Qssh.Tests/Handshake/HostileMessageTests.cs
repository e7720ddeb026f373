using System.Security.Cryptography;
using Qssh.Errors;
using Qssh.Handshake;
using Xunit;
using static Qssh.Tests.Support.ProtocolVectors;

namespace Qssh.Tests.Handshake;

/// <summary>Each message cut, changed, repeated, reflected and out of order: an alert, or keys that do not agree; never anything else.</summary>
public sealed class HostileMessageTests
{
    public static TheoryData<string> Labels => [.. KnownHandshake.Order];

    [Theory]
    [MemberData(nameof(Labels))]
    public void Every_truncation_is_refused_and_changes_nothing(string label)
    {
        using KnownHandshake run = new();
        byte[] message = run.RunTo(label);
        for (int length = 0; length < message.Length; length++)
        {
            byte[] cut = message[..length];
            Assert.Equal(AlertCode.ProtocolError, Refused(run, label, cut));
            if (length < 3)
                continue;

            // The same with a header that tells the truth.
            (cut[1], cut[2]) = ((byte)((length - 3) >> 8), (byte)(length - 3));
            Assert.Equal(AlertCode.ProtocolError, Refused(run, label, cut));
        }

        Assert.Equal(AlertCode.ProtocolError, Refused(run, label, [.. message, 0]));
        run.Consume(label, message);
    }

    /// <summary>Keys, ciphertexts and signatures are long: of those every eleventh byte from a random start, of all else every byte.</summary>
    [Theory]
    [MemberData(nameof(Labels))]
    public void Every_changed_byte_is_noticed(string label)
    {
        KnownHandshake run = new();
        byte[] message = run.RunTo(label);
        int start = RandomNumberGenerator.GetInt32(11);
        for (int i = 0; i < message.Length; i++)
        {
            if (i > 64 && i < message.Length - 8 && i % 11 != start)
                continue;
            byte[] changed = [.. message];
            changed[i] ^= (byte)(1 << RandomNumberGenerator.GetInt32(8));
            try
            {
                run.Consume(label, changed);
            }
            catch (ProtocolException)
            {
                // The run is as it was before.
                continue;
            }

            AssertDisagreement(run, label, i);
            run.Dispose();
            run = new KnownHandshake();
            run.RunTo(label);
        }

        run.Consume(label, message);
        run.Dispose();
    }

    [Fact]
    public void Each_message_at_each_other_place_is_refused()
    {
        foreach (string now in KnownHandshake.Order)
        {
            using KnownHandshake run = new();
            byte[] right = run.RunTo(now);
            foreach (string other in KnownHandshake.Order)
            {
                // What the other side may take now is in order: the sides wait for SH and CF from the moment they have sent.
                if (other == now || (now, other) is ("CH", "SH") or ("SF", "CF"))
                    continue;
                Assert.Equal(AlertCode.ProtocolError, Refused(run, other, Hex("messages", other)));
                Assert.Equal(AlertCode.ProtocolError, Refused(run, now, Hex("messages", other)));
            }

            run.Consume(now, right);
            Assert.Equal(AlertCode.ProtocolError, Refused(run, now, right));
        }
    }

    [Fact]
    public void Creating_out_of_order_is_our_own_mistake()
    {
        using KnownHandshake run = new();
        foreach (string label in KnownHandshake.Order)
        {
            foreach (string other in KnownHandshake.Order)
            {
                if (other != label)
                    Assert.Throws<InvalidOperationException>(() => run.Create(other));
            }

            run.Consume(label, run.Create(label));
        }

        Assert.Throws<InvalidOperationException>(run.Server.BytesToSign);
        Assert.Throws<InvalidOperationException>(() => run.Server.CreateHelloRetry(new byte[200]));
    }

    [Fact]
    public void A_wrong_finished_is_a_failed_handshake_and_the_right_one_is_still_taken()
    {
        foreach (string label in (string[])["SF", "CF"])
        {
            using KnownHandshake run = new();
            byte[] message = run.RunTo(label);
            byte[] changed = [.. message];
            changed[^1] ^= 0x80;
            Assert.Equal(AlertCode.HandshakeFailed, Refused(run, label, changed));
            run.Consume(label, message);
        }
    }

    [Fact]
    public void The_finished_of_one_side_is_not_the_others()
    {
        using KnownHandshake run = new();
        byte[] finished = run.RunTo("CF");
        byte[] reflected = [0x15, .. Hex("messages", "SF")[1..]];
        Assert.Equal(AlertCode.HandshakeFailed, Refused(run, "CF", reflected));
        run.Consume("CF", finished);
    }

    /// <summary>After a change that no decoder can notice, the sides must not share keys, or the host's signature must fail.</summary>
    private static void AssertDisagreement(KnownHandshake run, string label, int position)
    {
        switch (label)
        {
            case "CH":
                if (!TryAnswer(run))
                    break;
                goto case "SH";
            case "SH":
                Assert.False(run.Client.Secrets!.Server.Bytes.SequenceEqual(run.Server.Secrets!.Server.Bytes), $"{label}, byte {position}");
                break;
            case "SA":
                run.Consume("SI", run.Create("SI"));
                goto case "SI";
            case "SI":
                Assert.Equal(AlertCode.HandshakeFailed, Refused(run, "SP", run.Create("SP")));
                break;
            default:
                Assert.Fail($"{label}: a change of byte {position} was accepted");
                break;
        }
    }

    /// <summary>False: the share was no key, or the choice that it led to was refused.</summary>
    private static bool TryAnswer(KnownHandshake run)
    {
        try
        {
            if (run.Server.Step == ServerStep.CreateRetry)
                return false;
            run.Consume("SH", run.Create("SH"));
            return true;
        }
        catch (ProtocolException)
        {
            return false;
        }
    }

    private static AlertCode Refused(KnownHandshake run, string label, byte[] message) =>
        Assert.Throws<ProtocolException>(() => run.Consume(label, message)).Code;
}
