using Qssh.Client;
using Qssh.Config;
using Qssh.Errors;
using Qssh.Handshake;

namespace Qssh.Tests.Client;

public sealed class OfferBuilderTests
{
    [Fact]
    public void Without_configuration_the_default_is_offered()
    {
        ClientOffer offer = OfferBuilder.Build(new ClientOptions());
        Assert.Equal(ClientOffer.Default.Tiers, offer.Tiers);
        Assert.Equal(ClientOffer.Default.MinimumTier, offer.MinimumTier);
        Assert.Equal(SuiteList.Default.ForHello().ToString(), offer.Suites.ToString());
    }

    [Theory]
    [InlineData("T1", "T1", true, false)]
    [InlineData("T2", "T1", true, true)]
    [InlineData("T2", "T2", false, true)]
    public void Tier_and_MinTier_bound_the_offer(string tier, string minimum, bool one, bool two)
    {
        ClientOffer offer = OfferBuilder.Build(Options("Tier=" + tier, "MinTier=" + minimum));
        Assert.Equal((one, two), (offer.Tiers.Contains(Tier.PostQuantum), offer.Tiers.Contains(Tier.Hardened)));
    }

    [Theory]
    [InlineData("Suites=xwing-mldsa44-aes256gcm", "xwing-mldsa44-aes256gcm")]
    [InlineData("Suites=xwing-*65-*gcm,chkem768-mldsa87-aes256gcm", "xwing-mldsa65-aes256gcm,chkem768-mldsa87-aes256gcm")]
    [InlineData("Suites=xwing-mldsa65-*", "xwing-mldsa65-aes256gcm,xwing-mldsa65-chacha20poly1305")]
    public void Suites_are_offered_in_their_order(string option, string suites) => Assert.Equal(suites, OfferBuilder.Build(Options(option)).Suites.ToString());

    [Fact]
    public void HostKeyAlgorithms_narrow_the_suites()
    {
        SuiteList suites = OfferBuilder.Build(Options("HostKeyAlgorithms=mldsa87")).Suites;
        Assert.All(suites.Items.ToArray(), suite => Assert.Contains("-mldsa87-", suite.ToString()));
        Assert.Equal(6, suites.Count);
    }

    [Theory]
    [InlineData("mldsa87,falcon512", "mldsa87 falcon512")]
    [InlineData("^slhdsa-shake-128s", "slhdsa-shake-128s falcon512 mldsa65")]
    [InlineData("-falcon*", "mldsa65 mldsa87 mldsa44")]
    [InlineData("-nosuchtype", "falcon512 mldsa65 falcon1024")]
    [InlineData("+mldsa44", "falcon512 mldsa65 falcon1024")]
    [InlineData("falcon512+slhdsa*", "falcon512+slhdsa-shake-128s")]
    public void HostKeyAlgorithms_say_what_comes_first(string list, string first) =>
        Assert.StartsWith(first + " ", string.Join(' ', OfferBuilder.Build(Options("HostKeyAlgorithms=" + list)).Suites.Items.ToArray()
            .Where(suite => suite.Kem == Qssh.Crypto.Kem.KemId.ChKem1024).Select(suite => Qssh.Crypto.Signatures.SignatureRegistry.Find(suite.Host)!.Name).Distinct()) + " ");

    [Theory]
    [InlineData("HostKeyAlgorithms=ssh-ed25519", "ssh-ed25519")]
    [InlineData("HostKeyAlgorithms=+mldsa99", "mldsa99")]
    [InlineData("HostKeyAlgorithms=+ssh-rsa,mldsa99", "mldsa99")]
    [InlineData("PubkeyAcceptedAlgorithms=^falcon512,rsa*", "rsa*")]
    [InlineData("PubkeyAcceptedKeyTypes=mldsa65,falcon768", "falcon768")]
    public void An_unknown_type_is_a_fault_of_its_line(string option, string name) =>
        Assert.Contains($"unknown key type \"{name}\"", Assert.Throws<FailureException>(() => Options(option)).Message);

    [Fact]
    public void The_configuration_knows_the_types_of_the_build() =>
        Assert.Equal(Qssh.Crypto.Signatures.SignatureAlgorithm.All.Select(algorithm => algorithm.Name).Order(), KeyTypeNames.All.Order());

    [Theory]
    [InlineData("chacha20-poly1305", "chacha20poly1305", false)]
    [InlineData("chacha20-poly1305@openssh.com,aes256-gcm", "chacha20poly1305", true)]
    [InlineData("-aes*", "chacha20poly1305", false)]
    [InlineData("^chacha20-poly1305", "chacha20poly1305", true)]
    [InlineData("aes128-ctr,aes256-ctr", "aes256gcm", true)]
    public void Ciphers_narrow_and_order_the_suites(string list, string first, bool both)
    {
        string[] suites = [.. OfferBuilder.Build(Options("Ciphers=" + list)).Suites.Items.ToArray().Select(suite => suite.ToString())];
        Assert.Equal(SuiteList.MaximumOffer, suites.Length);
        Assert.EndsWith("-" + first, suites[0]);
        Assert.Equal(both, suites.Any(suite => !suite.EndsWith("-" + first, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_unknown_cipher_is_refused() => Assert.Throws<FailureException>(() => Options("Ciphers=rot13"));

    [Theory]
    [InlineData("Tier=T4", "Tier T4 needs quantum sources")]
    [InlineData("Suites=rsa", "Suites \"rsa\" names no suite of this build")]
    [InlineData("HostKeyAlgorithms=-*", "HostKeyAlgorithms \"-*\" leaves no suite to offer")]
    public void Nothing_less_than_asked_for_is_offered(string option, string message) =>
        Assert.StartsWith(message, Assert.Throws<FailureException>(() => OfferBuilder.Build(Options(option))).Message);

    private static ClientOptions Options(params string[] options)
    {
        ClientConfig config = new("host", "me", "/home/me");
        foreach (string option in options)
            config.AddOption(option);
        return config.Options;
    }
}
