using System.Text.Json;
using Qssh.Crypto.Signatures;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures;

public sealed class SignatureRegistryTests
{
    /// <summary>The published meaning of every code: a change here is a change of the protocol.</summary>
    [Theory]
    [InlineData(0x01, "falcon512", 897, 666)]
    [InlineData(0x02, "falcon1024", 1793, 1280)]
    [InlineData(0x03, "mldsa44", 1312, 2420)]
    [InlineData(0x04, "mldsa65", 1952, 3309)]
    [InlineData(0x05, "mldsa87", 2592, 4627)]
    [InlineData(0x06, "slhdsa-shake-128s", 32, 7856)]
    [InlineData(0x07, "slhdsa-shake-128f", 32, 17088)]
    [InlineData(0x08, "slhdsa-shake-192s", 48, 16224)]
    [InlineData(0x09, "slhdsa-shake-256s", 64, 29792)]
    [InlineData(0x21, "falcon512+slhdsa-shake-128s", 897 + 32, 2 + 666 + 2 + 7856)]
    [InlineData(0x22, "mldsa65+slhdsa-shake-192s", 1952 + 48, 2 + 3309 + 2 + 16224)]
    [InlineData(0x23, "falcon1024+slhdsa-shake-256s", 1793 + 64, 2 + 1280 + 2 + 29792)]
    [InlineData(0x24, "mldsa87+slhdsa-shake-256s", 2592 + 64, 2 + 4627 + 2 + 29792)]
    public void Codes_names_and_sizes_are_fixed(int code, string name, int publicKeySize, int signatureSize)
    {
        SignatureEntry entry = SignatureRegistry.Find((SignatureScheme)code)!;
        Assert.Equal((name, publicKeySize, signatureSize), (entry.Name, entry.PublicKeySize, entry.SignatureSize));
        Assert.Same(entry, SignatureRegistry.FindByName(name));
        Assert.True(SignatureAlgorithm.IsKnownName(name));
    }

    [Fact]
    public void Every_code_of_the_enumeration_has_one_row()
    {
        SignatureScheme[] codes = [.. Enum.GetValues<SignatureScheme>().Where(scheme => scheme != SignatureScheme.None)];
        Assert.Equal(codes, SignatureRegistry.Entries.Select(entry => entry.Scheme));
        Assert.Equal(codes.Length, SignatureRegistry.Entries.Select(entry => entry.Name).Distinct().Count());
        Assert.Null(SignatureRegistry.Find(SignatureScheme.None));
    }

    [Fact]
    public void Every_algorithm_of_the_build_is_found_and_has_a_contract_class()
    {
        foreach (SignatureAlgorithm algorithm in SignatureAlgorithm.All)
        {
            Assert.Same(algorithm, SignatureAlgorithm.Find(algorithm.Scheme));
            Assert.Same(algorithm, SignatureAlgorithm.FindByName(algorithm.Name));
        }

        IEnumerable<SignatureAlgorithm> covered = typeof(SignatureContract).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(SignatureContract)) && !type.IsAbstract)
            .Select(type => ((SignatureContract)Activator.CreateInstance(type)!).Algorithm);
        Assert.Empty(SignatureAlgorithm.All.Select(a => a.Name).Except(covered.Select(a => a.Name)));
    }

    [Fact]
    public void Known_but_not_built_differs_from_unknown()
    {
        Assert.Null(SignatureAlgorithm.FindByName("mldsa99"));
        Assert.False(SignatureAlgorithm.IsKnownName("mldsa99"));
        Assert.False(SignatureAlgorithm.IsKnownName("MLDSA65"));
        Assert.False(SignatureAlgorithm.IsKnownName(""));
        foreach (SignatureEntry entry in SignatureRegistry.Entries)
            Assert.Equal(SignatureAlgorithm.Find(entry.Scheme), SignatureAlgorithm.FindByName(entry.Name));
    }

    [Theory]
    [InlineData("rsa", "RSA")]
    [InlineData("ssh-rsa", "RSA")]
    [InlineData("rsa-sha2-512-cert-v01@openssh.com", "RSA")]
    [InlineData("ssh-dss", "DSA")]
    [InlineData("ecdsa-sha2-nistp256", "ECDSA")]
    [InlineData("Ed25519", "Ed25519")]
    [InlineData("ssh-ed25519", "Ed25519")]
    [InlineData("sk-ssh-ed25519@openssh.com", "Ed25519")]
    public void Classical_names_are_refused_with_the_reason(string name, string start)
    {
        Assert.StartsWith(start, SignatureAlgorithm.ClassicalReason(name), StringComparison.Ordinal);
        Assert.False(SignatureAlgorithm.IsKnownName(name));
    }

    [Fact]
    public void Other_names_have_no_classical_reason()
    {
        Assert.Null(SignatureAlgorithm.ClassicalReason("mldsa65"));
        Assert.Null(SignatureAlgorithm.ClassicalReason(""));
        Assert.Null(SignatureAlgorithm.ClassicalReason("-cert-v01@openssh.com"));
    }

    /// <summary>The handshake of the protocol's known answers: its host key and its proof.</summary>
    [Fact]
    public void Known_answers_of_the_protocol()
    {
        using JsonDocument document = Vectors.Load("protocol/vectors.json");
        JsonElement root = document.RootElement;
        SignatureAlgorithm algorithm = SignatureAlgorithm.Find(SignatureScheme.MlDsa65)!;
        using SigningKey? host = algorithm.LoadKey(Vectors.Hex(root.GetProperty("inputs"), "host_mldsa65_seed"));

        // SI: type u8, length u16, kind u8 = 1, scheme u8 = 4, identity b16. SP: type u8, length u16, signature b16.
        byte[] serverIdentity = Vectors.Hex(root.GetProperty("messages"), "SI");
        byte[] serverProof = Vectors.Hex(root.GetProperty("messages"), "SP");
        Assert.Equal([1, 4], serverIdentity[3..5]);
        Assert.Equal(Convert.ToHexString(serverIdentity[7..]), Convert.ToHexString(host!.PublicKey));
        byte[] signed = Vectors.Hex(root.GetProperty("signed"), "host");
        Assert.True(algorithm.Verify(serverIdentity.AsSpan()[7..], signed, serverProof.AsSpan()[5..]));
        signed[^1] ^= 1;
        Assert.False(algorithm.Verify(serverIdentity.AsSpan()[7..], signed, serverProof.AsSpan()[5..]));
    }

    /// <summary>The user's proof in UA: method u8, user b8, service b8, credential b16 (scheme, key), proof b16.</summary>
    [Fact]
    public void Known_answer_of_the_users_proof()
    {
        using JsonDocument document = Vectors.Load("protocol/vectors.json");
        JsonElement root = document.RootElement;
        SignatureAlgorithm algorithm = SignatureAlgorithm.Find(SignatureScheme.MlDsa65)!;
        using SigningKey? user = algorithm.LoadKey(Vectors.Hex(root.GetProperty("inputs"), "user_mldsa65_seed"));
        byte[] message = Vectors.Hex(root.GetProperty("messages"), "UA");
        int key = message.AsSpan().IndexOf(user!.PublicKey);
        Assert.True(key > 0);
        int proof = key + algorithm.PublicKeySize + sizeof(ushort);
        byte[] signed = Vectors.Hex(root.GetProperty("signed"), "user");
        Assert.True(algorithm.Verify(user.PublicKey, signed, message.AsSpan(proof, algorithm.SignatureSize)));
    }
}
