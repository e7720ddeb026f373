using System.Diagnostics;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Xunit;

namespace Qssh.Tests.Crypto.Signatures;

/// <summary>What every signature algorithm of the registry promises. One derived class per algorithm.</summary>
public abstract class SignatureContract
{
    private readonly SignatureAlgorithm _algorithm;
    private readonly bool _isSlow;

    /// <param name="isSlow">Signing takes a good part of a second: the lists of cases are cut short.</param>
    private protected SignatureContract(SignatureAlgorithm? algorithm, bool isSlow = false)
    {
        _algorithm = algorithm ?? throw new InvalidOperationException("not in this build");
        _isSlow = isSlow;
    }

    internal SignatureAlgorithm Algorithm => _algorithm;

    [Fact]
    public void Sizes_are_those_of_the_table()
    {
        using SigningKey key = Algorithm.GenerateKey();
        SignatureEntry entry = SignatureRegistry.Find(Algorithm.Scheme)!;
        Assert.Equal(entry.PublicKeySize, key.PublicKey.Length);
        Assert.Equal(entry.SignatureSize, Algorithm.SignatureSize);
        Assert.Equal(Algorithm.PrivateKeySize, key.PrivateForm.Length);
        Assert.Same(Algorithm, key.Algorithm);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(135)]
    [InlineData(136)]
    [InlineData(70_000)]
    public void A_signature_verifies(int length)
    {
        if (_isSlow && length is not (0 or 70_000))
            return;

        byte[] message = new byte[length];
        Random.Shared.NextBytes(message);
        using SigningKey key = Algorithm.GenerateKey();
        Assert.True(Algorithm.Verify(key.PublicKey, message, Sign(key, message)));
    }

    [Fact]
    public void Another_key_does_not_verify()
    {
        using SigningKey key = Algorithm.GenerateKey();
        using SigningKey other = Algorithm.GenerateKey();
        Assert.False(key.PublicKey.SequenceEqual(other.PublicKey));
        Assert.False(Algorithm.Verify(other.PublicKey, "text"u8, Sign(key, "text"u8)));
    }

    [Fact]
    public void A_flipped_bit_anywhere_does_not_verify()
    {
        using SigningKey key = Algorithm.GenerateKey();
        byte[] message = "tampering"u8.ToArray();
        byte[] signature = Sign(key, message);
        byte[] publicKey = key.PublicKey.ToArray();
        byte[][] parts = [publicKey, message, signature];
        Prop.ForAll(Gen.Choose(0, 2).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (part, place) =>
        {
            int bit = place % (8 * parts[part].Length);
            parts[part][bit / 8] ^= (byte)(1 << (bit % 8));
            bool verified = Algorithm.Verify(publicKey, message, signature);
            parts[part][bit / 8] ^= (byte)(1 << (bit % 8));
            return !verified;
        }).QuickCheckThrowOnFailure();
        Assert.True(Algorithm.Verify(publicKey, message, signature));
    }

    [Fact]
    public void Random_bytes_do_not_verify()
    {
        using SigningKey key = Algorithm.GenerateKey();
        byte[] signature = new byte[Algorithm.SignatureSize];
        for (int i = 0; i < 20; i++)
        {
            Random.Shared.NextBytes(signature);
            Assert.False(Algorithm.Verify(key.PublicKey, "text"u8, signature));
        }

        signature.AsSpan().Clear();
        Assert.False(Algorithm.Verify(key.PublicKey, "text"u8, signature));
        Assert.False(Algorithm.Verify(new byte[Algorithm.PublicKeySize], "text"u8, signature));
        signature.AsSpan().Fill(0xFF);
        Assert.False(Algorithm.Verify(key.PublicKey, "text"u8, signature));
    }

    [Fact]
    public void Wrong_lengths_are_false_and_no_exception()
    {
        using SigningKey key = Algorithm.GenerateKey();
        byte[] signature = Sign(key, "text"u8);
        byte[] publicKey = key.PublicKey.ToArray();
        Assert.False(Algorithm.Verify(publicKey, "text"u8, []));
        Assert.False(Algorithm.Verify(publicKey, "text"u8, signature.AsSpan()[..^1]));
        Assert.False(Algorithm.Verify(publicKey, "text"u8, [.. signature, 0]));
        Assert.False(Algorithm.Verify([], "text"u8, signature));
        Assert.False(Algorithm.Verify(publicKey.AsSpan()[..^1], "text"u8, signature));
        Assert.False(Algorithm.Verify([.. publicKey, 0], "text"u8, signature));
    }

    [Fact]
    public void Signatures_of_one_message_differ()
    {
        using SigningKey key = Algorithm.GenerateKey();
        Assert.NotEqual(Sign(key, "text"u8), Sign(key, "text"u8));
    }

    [Fact]
    public void The_private_form_brings_the_key_back()
    {
        using SigningKey key = Algorithm.GenerateKey();
        using SigningKey? loaded = Algorithm.LoadKey(key.PrivateForm);
        Assert.NotNull(loaded);
        Assert.True(loaded.PublicKey.SequenceEqual(key.PublicKey));
        Assert.True(Algorithm.Verify(key.PublicKey, "text"u8, Sign(loaded, "text"u8)));
    }

    [Fact]
    public void A_private_form_of_wrong_length_is_no_key()
    {
        Assert.Null(Algorithm.LoadKey([]));
        Assert.Null(Algorithm.LoadKey(new byte[Algorithm.PrivateKeySize - 1]));
        Assert.Null(Algorithm.LoadKey(new byte[Algorithm.PrivateKeySize + 1]));
    }

    [Fact]
    public void A_disposed_key_neither_signs_nor_shows_its_secret()
    {
        SigningKey key = Algorithm.GenerateKey();
        key.Dispose();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Sign(key, "text"u8));
        Assert.Throws<ObjectDisposedException>(() => key.PrivateForm.Length);
    }

    [Fact]
    public void A_signature_buffer_of_wrong_length_is_the_callers_mistake()
    {
        using SigningKey key = Algorithm.GenerateKey();
        Assert.Throws<ArgumentOutOfRangeException>(() => key.Sign("text"u8, new byte[Algorithm.SignatureSize - 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => key.Sign("text"u8, new byte[Algorithm.SignatureSize + 1]));
    }

    [Fact]
    public void A_signature_that_does_not_verify_is_not_released()
    {
        using SigningKey real = Algorithm.GenerateKey();
        using FaultyKey faulty = new(Algorithm, real.PublicKey.ToArray(), real.PrivateForm);
        byte[] signature = new byte[Algorithm.SignatureSize];
        Assert.Throws<FailureException>(() => faulty.Sign("text"u8, signature));
        Assert.False(signature.AsSpan().ContainsAnyExcept((byte)0));
        Assert.True(faulty.IsDisposed);
    }

    [Fact]
    public async Task One_key_signs_on_several_threads()
    {
        using SigningKey key = Algorithm.GenerateKey();
        byte[] publicKey = key.PublicKey.ToArray();
        Task<bool>[] tasks = [.. Enumerable.Range(0, _isSlow ? 2 : 4).Select(i => Task.Run(() => Algorithm.Verify(publicKey, [(byte)i], Sign(key, [(byte)i]))))];
        Assert.All(await Task.WhenAll(tasks), Assert.True);
    }

    [Fact]
    public void Verify_allocates_nothing()
    {
        using SigningKey key = Algorithm.GenerateKey();
        byte[] signature = Sign(key, "text"u8);
        Assert.True(Algorithm.Verify(key.PublicKey, "text"u8, signature));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++)
            Algorithm.Verify(key.PublicKey, "text"u8, signature);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Code that is not optimised allocates for each span over constants.
        DebuggableAttribute? build = typeof(SignatureAlgorithm).Assembly.GetCustomAttribute<DebuggableAttribute>();
        long allowed = build is { IsJITOptimizerDisabled: true } ? 5 * 16 * 1024 : 0;
        Assert.InRange(allocated, 0, allowed);
    }

    internal static byte[] Sign(SigningKey key, ReadOnlySpan<byte> message)
    {
        byte[] signature = new byte[key.Algorithm.SignatureSize];
        key.Sign(message, signature);
        return signature;
    }

    /// <summary>A key on a machine that computes wrongly.</summary>
    private sealed class FaultyKey(SignatureAlgorithm algorithm, byte[] publicKey, ReadOnlySpan<byte> privateForm)
        : SigningKey(algorithm, publicKey, privateForm)
    {
        public bool IsDisposed { get; private set; }

        protected override void SignCore(ReadOnlySpan<byte> message, Span<byte> signature) => signature.Fill(0x5A);

        protected override void DisposeCore() => IsDisposed = true;
    }
}
