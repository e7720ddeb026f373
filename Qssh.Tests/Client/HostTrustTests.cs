using System.Text;
using Qssh.Client;
using Qssh.Config;
using Qssh.Crypto.Signatures;
using Qssh.Identity;

namespace Qssh.Tests.Client;

public sealed class HostTrustTests
{
    private const string Host = "example.org";

    private static readonly PublicKey s_key = Key(SignatureScheme.MlDsa65, 1), s_other = Key(SignatureScheme.MlDsa65, 2), s_small = Key(SignatureScheme.MlDsa44, 3);

    /// <summary>Every state of known_hosts against every setting, with and without somebody to ask.</summary>
    [Theory]
    [InlineData("same", "Accept Accept Accept Accept")]
    [InlineData("other+same", "Accept Accept Accept Accept")]
    [InlineData("", "Ask RefuseUnknown Remember Remember")]
    [InlineData("elsewhere", "Ask RefuseUnknown Remember Remember")]
    [InlineData("other", "RefuseChanged RefuseChanged RefuseChanged RefuseChanged")]
    [InlineData("small", "Narrow Narrow Narrow Narrow")]
    [InlineData("small+other", "RefuseChanged RefuseChanged RefuseChanged RefuseChanged")]
    [InlineData("revoked", "RefuseRevoked RefuseRevoked RefuseRevoked RefuseRevoked")]
    [InlineData("same+revoked", "RefuseRevoked RefuseRevoked RefuseRevoked RefuseRevoked")]
    [InlineData("revokedSmall", "Ask RefuseUnknown Remember Remember")]
    public void Known_hosts_and_StrictHostKeyChecking_decide(string lines, string steps)
    {
        HostKeyVerdict verdict = Known(lines).Check(s_key);
        HostKeyChecking[] settings = [HostKeyChecking.Ask, HostKeyChecking.Yes, HostKeyChecking.AcceptNew, HostKeyChecking.No];
        string[] expected = steps.Split(' ');
        for (int i = 0; i < settings.Length; i++)
        {
            TrustStep step = HostTrust.Decide(verdict.Status, settings[i], canAsk: true, verdict.OtherSchemes.Count > 0);
            Assert.Equal((settings[i], expected[i]), (settings[i], step.ToString()));

            TrustStep alone = HostTrust.Decide(verdict.Status, settings[i], canAsk: false, canNarrow: false);
            string aloneExpected = expected[i] switch { "Ask" => "RefuseUnknown", "Narrow" => "RefuseChanged", _ => expected[i] };
            Assert.Equal((settings[i], aloneExpected), (settings[i], alone.ToString()));
        }
    }

    [Fact]
    public void What_is_not_decided_is_refused() => Assert.Equal(TrustStep.RefuseUnknown, default);

    [Theory]
    [InlineData("yes", true)]
    [InlineData(" YES ", true)]
    [InlineData("SHA256:right", true)]
    [InlineData("no", false)]
    [InlineData("", false)]
    [InlineData("y", null)]
    [InlineData("SHA256:wrong", null)]
    [InlineData("sha256:right", null)]
    public void Only_yes_or_the_very_fingerprint_accept(string answer, bool? expected) => Assert.Equal(expected, HostQuestion.Judge(answer, "SHA256:right"));

    [Fact]
    public void The_question_names_host_address_type_and_fingerprint() => Assert.Equal(
        "The authenticity of host 'example.org ([2001:db8::1]:22222)' can't be established.\n"
        + "MLDSA65 key fingerprint is SHA256:abc.\n"
        + "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
        TrustMessages.Question(Host, "[2001:db8::1]:22222", "MLDSA65", "SHA256:abc"));

    [Fact]
    public void A_changed_key_is_shown_with_both_fingerprints_and_its_place()
    {
        KnownHostKeys known = Known("elsewhere+other");
        string text = TrustMessages.Changed(known.Label, s_key, known.Check(s_key));
        Assert.Contains("WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!", text);
        Assert.Contains($"known key:   MLDSA65 {s_other.Fingerprint} (/home/u/.qssh/known_hosts:2)\n", text);
        Assert.Contains($"offered key: MLDSA65 {s_key.Fingerprint}\n", text);
        Assert.Contains("\n  sed -i 2d /home/u/.qssh/known_hosts\n", text);
        Assert.EndsWith("\nHost key verification failed.", text);
    }

    [Fact]
    public void A_host_that_nobody_vouches_for_is_refused_in_one_line()
    {
        string strict = TrustMessages.Unknown(Host, "MLDSA65", "SHA256:abc", isStrict: true, "/k");
        string alone = TrustMessages.Unknown(Host, "MLDSA65", "SHA256:abc", isStrict: false, "/k");
        Assert.StartsWith("Host key verification failed: no key is known for 'example.org', which has MLDSA65 key SHA256:abc; StrictHostKeyChecking is yes: ", strict);
        Assert.Contains("there is nobody to ask: ", alone);
        Assert.DoesNotContain('\n', strict + alone);
    }

    private static KnownHostKeys Known(string lines)
    {
        StringBuilder text = new();
        foreach (string line in lines.Split('+', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(line switch
            {
                "same" => $"{Host} {s_key.ToLine()}",
                "other" => $"{Host} {s_other.ToLine()}",
                "small" => $"{Host} {s_small.ToLine()}",
                "elsewhere" => $"elsewhere.org {s_key.ToLine()}",
                "revoked" => $"@revoked * {s_key.ToLine()}",
                _ => $"@revoked * {s_small.ToLine()}",
            }).Append('\n');
        }

        List<KnownHostEntry> entries = [];
        KnownHosts.Read(new MemoryStream(Encoding.ASCII.GetBytes(text.ToString())), "/home/u/.qssh/known_hosts", Host, entries, null);
        return new KnownHostKeys(Host, entries);
    }

    private static PublicKey Key(SignatureScheme scheme, byte fill)
    {
        byte[] bytes = new byte[SignatureAlgorithm.Find(scheme)!.PublicKeySize];
        bytes.AsSpan().Fill(fill);
        return PublicKey.TryCreate(scheme, bytes)!;
    }
}
