using System.Buffers.Binary;
using System.Security.Cryptography;
using Qssh.Crypto.Hashes;
using Qssh.Crypto.Signatures.SlhDsa;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures.SlhDsa;

/// <summary>Each kind of tweakable hash gives what the definition gives, for every length that occurs and any number of lanes.</summary>
public sealed class SlhDsaHashTests
{
    [Fact]
    public void One_state() => CompareShake<KeccakLanes1>();

    [Fact]
    public void Two_states() => CompareShake<KeccakLanes2>();

    [Fact]
    public void Sha2()
    {
        foreach (SlhDsaParameters parameters in SlhDsaParameters.All.Where(parameters => !parameters.IsShake))
        {
            Compare<SlhDsaSha2>(parameters, (pkSeed, address, message) =>
            {
                bool isSmall = parameters.N == 16 || message.Length == parameters.N;
                byte[] compressed = [address[3], .. address[8..16], address[19], .. address[20..]];
                byte[] input = [.. pkSeed, .. new byte[(isSmall ? 64 : 128) - pkSeed.Length], .. compressed, .. message];
                return isSmall ? SHA256.HashData(input) : SHA512.HashData(input);
            });
        }
    }

    private static void CompareShake<TLanes>()
        where TLanes : struct, IKeccakLanes
    {
        foreach (SlhDsaParameters parameters in SlhDsaParameters.All.Where(parameters => parameters.IsShake))
        {
            Compare<SlhDsaShake<TLanes>>(parameters, (pkSeed, address, message) =>
            {
                byte[] output = new byte[parameters.N];
                Qssh.Crypto.Hashes.Shake256.Hash((byte[])[.. pkSeed, .. address, .. message], output);
                return output;
            });
        }
    }

    private static void Compare<THash>(SlhDsaParameters parameters, Func<byte[], byte[], byte[], byte[]> reference)
        where THash : struct, ISlhDsaHash<THash>
    {
        Random random = new(7);
        byte[] pkSeed = Bytes(random, parameters.N);
        THash hash = THash.Create(parameters, pkSeed);
        foreach (int size in (int[])[1, 2, parameters.Len, parameters.K, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
        {
            for (int lanes = 1; lanes <= THash.Lanes; lanes++)
            {
                SlhDsaAddress[] addresses = [.. Enumerable.Range(0, lanes).Select(_ => Address(random))];
                byte[] messages = Bytes(random, lanes * size * parameters.N);
                byte[] outputs = new byte[lanes * parameters.N];
                hash.Hash(addresses, messages, outputs);
                for (int i = 0; i < lanes; i++)
                {
                    byte[] message = messages[(i * size * parameters.N)..((i + 1) * size * parameters.N)];
                    byte[] expected = reference(pkSeed, Encode(addresses[i]), message)[..parameters.N];
                    Assert.Equal(expected, outputs[(i * parameters.N)..((i + 1) * parameters.N)]);
                }
            }
        }
    }

    private static SlhDsaAddress Address(Random random)
    {
        SlhDsaAddress address = new(random.Next(22), (ulong)random.NextInt64());
        address.SetType((SlhDsaAddressType)random.Next(7), (uint)random.Next(512));
        address.SetChain((uint)random.Next(67));
        address.SetHash((uint)random.Next(16));
        return address;
    }

    private static byte[] Encode(SlhDsaAddress address)
    {
        byte[] bytes = new byte[32];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, address.Word0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), address.Word1);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), address.Word2);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), address.Word3);
        return bytes;
    }

    private static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
