using Qssh.Errors;
using Qssh.Wire.Messages.Transport;
using Xunit;
using static Qssh.Tests.Wire.MessageLimitTests;

namespace Qssh.Tests.Wire;

/// <summary>Rules of the hello that concern order and several fields at once (docs/protocol.md, section 3).</summary>
public sealed class ClientHelloRuleTests
{
    private static readonly byte[] s_early = Option(3, [3, .. new byte[32]]);
    private static readonly byte[] s_binder = Option(4, new byte[32]);
    private static readonly byte[] s_future = [4, 0, 2, 0, 1];

    [Theory]
    [InlineData("0400020002")]
    [InlineData("0400010002")]
    [InlineData("03000200")]
    public void Versions_that_do_not_fall_are_refused(string versions) => AssertRefused(Hello(versions: Convert.FromHexString(versions)));

    [Theory]
    [InlineData("020202")]
    [InlineData("020301")]
    [InlineData("020106")]
    public void Tiers_that_do_not_rise_or_are_unknown_are_refused(string tiers) => AssertRefused(Hello(tiers: Convert.FromHexString(tiers)));

    [Theory]
    [InlineData("0100")]
    [InlineData("03000102")]
    public void The_classical_tier_has_its_own_alert(string tiers)
    {
        ProtocolException refused = Assert.Throws<ProtocolException>(() => ReadHello(Hello(tiers: Convert.FromHexString(tiers))));
        Assert.Equal(AlertCode.ClassicalTier, refused.Code);
    }

    [Fact]
    public void An_odd_number_of_bytes_is_no_list_of_suites() => AssertRefused(Hello(suites: [3, 1, 4, 1]));

    [Fact]
    public void Another_protocol_is_refused()
    {
        byte[] body = Hello();
        body[3] = (byte)'h';
        AssertRefused(body);
    }

    [Fact]
    public void Early_input_and_binder_come_together()
    {
        ReadHello(Hello(options: [.. s_early, .. s_binder]));
        AssertRefused(Hello(options: s_early));
        AssertRefused(Hello(options: s_binder));
    }

    [Fact]
    public void Options_rise_and_come_once()
    {
        byte[] work = Option(2, new byte[8]);
        ReadHello(Hello(options: [.. Option(1, new byte[107]), .. work, .. s_early, .. s_binder]));
        AssertRefused(Hello(options: [.. work, .. work]));
        AssertRefused(Hello(options: [.. work, .. Option(1, new byte[107])]));
        AssertRefused(Hello(options: [.. s_early, .. s_early, .. s_binder]));
        AssertRefused(Hello(options: [.. s_binder, .. s_early]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(255)]
    public void An_unknown_option_needs_a_later_version(byte type)
    {
        AssertRefused(Hello(options: Option(type, [1, 2, 3])));
        ReadHello(Hello(versions: s_future, options: Option(type, [1, 2, 3])));
    }

    [Fact]
    public void An_unknown_option_after_the_binder_is_refused_whatever_the_version() =>
        AssertRefused(Hello(versions: s_future, options: [.. s_early, .. s_binder, .. Option(5, [])]));

    [Fact]
    public void A_cut_option_is_refused()
    {
        byte[] options = [.. s_early, .. s_binder];
        for (int length = 1; length < options.Length; length++)
            AssertRefused(Hello(options: options[..length]));
    }

    [Fact]
    public void The_parts_of_a_pin_are_handed_out()
    {
        byte[] body = Hello(options: [.. Option(3, [1, 2, 7, 8, 9]), .. s_binder]);
        ClientHelloOptions options = ClientHello.Read(body).ReadOptions();
        Assert.Equal(EarlyKind.Pin, options.Early);
        Assert.Equal(2, options.PinKem);
        Assert.Equal<byte>([7, 8, 9], options.PinCiphertext.ToArray());
    }

    private static void ReadHello(byte[] body) => ClientHello.Read(body);

    private static void AssertRefused(byte[] body) =>
        Assert.Equal(AlertCode.ProtocolError, Assert.Throws<ProtocolException>(() => ReadHello(body)).Code);
}
