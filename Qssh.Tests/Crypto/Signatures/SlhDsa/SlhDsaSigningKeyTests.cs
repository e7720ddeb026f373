using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures;
using Qssh.Crypto.Signatures.SlhDsa;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.SlhDsa;

public sealed class SlhDsaSigningKeyTests
{
    private static readonly SlhDsaParameters s_parameters = SlhDsaParameters.Shake128f;

    [Fact]
    public void Exchanges_the_encoding_of_the_standard()
    {
        using SigningKey key = new SlhDsaAlgorithm(SignatureScheme.SlhDsaShake128f).GenerateKey();
        byte[] encoded = key.PrivateForm.ToArray();
        Assert.Equal(key.PublicKey, encoded.AsSpan(32));
        using SlhDsaPrivateKey? decoded = SlhDsaPrivateKey.Decode(s_parameters, encoded);
        Assert.NotNull(decoded);
        byte[] signature = new byte[s_parameters.SignatureSize];
        SlhDsaFunctions.Sign(decoded, default, "text"u8, signature);
        Assert.True(key.Algorithm.Verify(key.PublicKey, "text"u8, signature));
        Assert.Null(SlhDsaPrivateKey.Decode(s_parameters, encoded.AsSpan()[..^1]));
    }

    [Fact]
    public void Forms_and_contexts_are_told_apart()
    {
        using SlhDsaPrivateKey key = SlhDsaPrivateKey.FromSeeds(s_parameters, new byte[48]);
        byte[] signature = new byte[s_parameters.SignatureSize];
        SlhDsaPreHash preHash = SlhDsaPreHash.FindByName("SHAKE-256")!;
        SlhDsaFunctions.Sign(key, "here"u8, "text"u8, signature, preHash);
        Assert.True(SlhDsaFunctions.Verify(s_parameters, key.PublicKey, "here"u8, "text"u8, signature, preHash));
        Assert.False(SlhDsaFunctions.Verify(s_parameters, key.PublicKey, "there"u8, "text"u8, signature, preHash));
        Assert.False(SlhDsaFunctions.Verify(s_parameters, key.PublicKey, "here"u8, "text"u8, signature, SlhDsaPreHash.FindByName("SHA2-512")));
        Assert.False(SlhDsaFunctions.Verify(s_parameters, key.PublicKey, "here"u8, "text"u8, signature));
        Assert.Null(SlhDsaPreHash.FindByName("MD5"));
    }

    [Fact]
    public void A_context_of_256_bytes_is_refused()
    {
        using SlhDsaPrivateKey key = SlhDsaPrivateKey.FromSeeds(s_parameters, new byte[48]);
        byte[] signature = new byte[s_parameters.SignatureSize];
        Assert.Throws<ArgumentOutOfRangeException>(() => SlhDsaFunctions.Sign(key, new byte[256], "text"u8, signature));
        SlhDsaFunctions.Sign(key, new byte[255], "text"u8, signature);
        Assert.True(SlhDsaFunctions.Verify(s_parameters, key.PublicKey, new byte[255], "text"u8, signature));
        Assert.False(SlhDsaFunctions.Verify(s_parameters, key.PublicKey, new byte[256], "text"u8, signature));
    }

    [Fact]
    public void A_root_of_another_key_shows_when_a_signature_is_verified()
    {
        using SlhDsaPrivateKey good = SlhDsaPrivateKey.FromSeeds(s_parameters, new byte[48]);
        byte[] encoded = good.Encoded.ToArray();
        encoded[^1] ^= 1;
        using SlhDsaPrivateKey? bad = SlhDsaPrivateKey.Decode(s_parameters, encoded);
        byte[] signature = new byte[s_parameters.SignatureSize];
        SlhDsaFunctions.Sign(bad!, default, "text"u8, signature);
        Assert.False(SlhDsaFunctions.Verify(s_parameters, good.PublicKey, default, "text"u8, signature));
        Assert.False(SlhDsaFunctions.Verify(s_parameters, bad!.PublicKey, default, "text"u8, signature));
    }

    [Fact]
    public void Every_kind_of_hash_signs_alike()
    {
        byte[] seeds = [.. Enumerable.Range(0, 48).Select(i => (byte)i)];
        using SlhDsaPrivateKey key = SlhDsaPrivateKey.FromSeeds(s_parameters, seeds);
        byte[] expected = Sign<KeccakLanes1>(key);
        Assert.Equal(expected, Sign<KeccakLanes2>(key));
    }

    private static byte[] Sign<TLanes>(SlhDsaPrivateKey key)
        where TLanes : struct, IKeccakLanes
    {
        byte[] signature = new byte[s_parameters.SignatureSize];
        byte[] root = new byte[s_parameters.N];
        SlhDsaCore.Root<SlhDsaShake<TLanes>>(s_parameters, key.SkSeed, key.PkSeed, root);
        Assert.Equal(key.PublicKey[s_parameters.N..], root);
        SlhDsaCore.Sign<SlhDsaShake<TLanes>>(key, SlhDsaMessage.Internal("text"u8), key.PkSeed, signature);
        Assert.True(SlhDsaCore.Verify<SlhDsaShake<TLanes>>(s_parameters, key.PublicKey, SlhDsaMessage.Internal("text"u8), signature));
        return signature;
    }
}
