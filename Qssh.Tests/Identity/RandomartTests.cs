using Qssh.Identity;
using Xunit;

namespace Qssh.Tests.Identity;

public sealed class RandomartTests
{
    /// <summary>What OpenSSH 9.2 draws for an Ed25519 key of this fingerprint (ssh-keygen -lv).</summary>
    [Fact]
    public void BishopWalksAsInOpenSsh()
    {
        const string Expected = """
            +--[ED25519 256]--+
            |     .=oo.... .**|
            |    .o.+...  .++o|
            |     o .++ * .o. |
            |    . ....* B  . |
            | . .    S. o =   |
            |  = . E   . =    |
            | . = . + . + o   |
            |    o   o . + .  |
            |       .   . .   |
            +----[SHA256]-----+
            """;
        Assert.Equal(Expected, Randomart.Draw(Convert.FromBase64String("HBBmn0RVP5UcS1OYOqv0B25BIH9o2RuICK36DMZ3bzA="), "[ED25519 256]"));
    }

    [Fact]
    public void EveryTypeHasABorderOfOneWidth()
    {
        foreach (Qssh.Crypto.Signatures.SignatureEntry entry in Qssh.Crypto.Signatures.SignatureRegistry.Entries)
            Assert.All(Randomart.Draw(TestKeys.Public(7, entry.Scheme)).Split('\n'), line => Assert.Equal(19, line.Length));
    }
}
