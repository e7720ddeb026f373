using FsCheck;
using FsCheck.Fluent;
using Qssh.Errors;
using Qssh.Wire;
using Xunit;

namespace Qssh.Tests.Wire;

/// <summary>What holds for every message: its layout, its round trip, and that nothing but exactly one message is read.</summary>
public sealed class MessageContractTests
{
    /// <summary>Several samples, from nothing but zeros to many different bytes.</summary>
    private static readonly byte[][] s_entropies = [[], .. Enumerable.Range(1, 12).Select(seed => Stretch(seed, 4000))];

    internal static readonly MessageKind[] Kinds = [.. TransportMessages.All, .. AuthMessages.All, .. ConnectionMessages.All];

    public static TheoryData<string> Names => [.. Kinds.Select(k => k.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Layout_is_the_documented_one(string name)
    {
        MessageKind kind = Kind(name);
        byte[] message = kind.Layout.Write();
        Assert.Equal(kind.Layout.Hex, Convert.ToHexStringLower(message));
        Assert.Equal(kind.Type, message[0]);
        Assert.Equal(message, kind.Reserialize(message));
    }

    [Theory, MemberData(nameof(Names))]
    public void Written_then_read_is_the_same(string name)
    {
        MessageKind kind = Kind(name);
        Prop.ForAll<byte[]>(entropy =>
        {
            byte[] message = kind.SampleFrom(entropy);
            return kind.Reserialize(message).SequenceEqual(message);
        }).QuickCheckThrowOnFailure();
    }

    [Theory, MemberData(nameof(Names))]
    public void Any_bytes_are_refused_or_written_back_the_same(string name)
    {
        MessageKind kind = Kind(name);
        Prop.ForAll<byte[], byte[], ushort>((entropy, noise, at) =>
        {
            byte[] message = kind.SampleFrom(entropy);
            for (int i = 0; i < noise.Length; i++)
                message[(at + (i * 7)) % message.Length] ^= noise[i];

            return IsRefused(kind, message) || kind.Reserialize(message).SequenceEqual(message);
        }).QuickCheckThrowOnFailure();
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_truncation_of_the_body_is_refused(string name)
    {
        MessageKind kind = Kind(name);
        foreach (byte[] message in Samples(kind))
        {
            byte[] body = message[MessageHeader.Size..];
            for (int length = 0; length < body.Length; length += Step(length, body.Length))
            {
                byte[] cut = MessageKind.Wrap(kind.Type, body.AsSpan(0, length));
                Assert.True(IsRefused(kind, cut) || (kind.TakesRest && kind.Reserialize(cut).SequenceEqual(cut)), $"{length} of {body.Length} bytes");
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_truncation_under_the_same_header_is_refused(string name)
    {
        MessageKind kind = Kind(name);
        foreach (byte[] message in Samples(kind))
        {
            for (int length = 0; length < message.Length; length += Step(length, message.Length))
                Assert.True(IsRefused(kind, message[..length]));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Trailing_bytes_are_refused(string name)
    {
        MessageKind kind = Kind(name);
        foreach (byte[] message in Samples(kind))
        {
            Assert.True(IsRefused(kind, [.. message, 0]));
            byte[] longer = MessageKind.Wrap(kind.Type, [.. message.AsSpan(MessageHeader.Size), 0]);
            Assert.True(kind.TakesRest || IsRefused(kind, longer));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Another_type_is_refused(string name)
    {
        MessageKind kind = Kind(name);
        byte[] message = kind.Layout.Write();
        message[0] ^= 0x80;
        Assert.True(IsRefused(kind, message));
    }

    [Fact]
    public void Every_declared_message_is_tested_here()
    {
        string[] declared = [.. typeof(WireReader).Assembly.GetTypes().Where(t => t.IsDefined(typeof(WireMessageAttribute), false)).Select(t => t.Name).Order()];
        Assert.Equal(declared, Kinds.Select(k => k.Name).Order());
    }

    private static MessageKind Kind(string name) => Kinds.Single(k => k.Name == name);

    private static IEnumerable<byte[]> Samples(MessageKind kind) => [kind.Layout.Write(), .. s_entropies.Select(kind.SampleFrom).Where(m => m.Length < 8000)];

    /// <summary>Every length of a short message; of a long one those near its ends, and some between.</summary>
    private static int Step(int length, int whole) => length < 300 || whole - length < 300 ? 1 : 37;

    private static bool IsRefused(MessageKind kind, byte[] message)
    {
        try
        {
            kind.Reserialize(message);
            return false;
        }
        catch (ProtocolException refused)
        {
            Assert.True(refused.Code is AlertCode.ProtocolError or AlertCode.ClassicalTier);
            return true;
        }
    }

    private static byte[] Stretch(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
