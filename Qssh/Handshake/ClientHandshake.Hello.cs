using Qssh.Crypto.Kem;
using Qssh.Crypto.Rng;
using Qssh.Errors;
using Qssh.Schedule;
using Qssh.Secrets;
using Qssh.Wire;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Handshake;

/// <summary>The clear part: ClientHello, HelloRetry, ServerHello.</summary>
internal sealed partial class ClientHandshake
{
    private readonly byte[] _hFirstHello = new byte[Kdf.HashSize];
    private byte[]? _cookie;
    private int _work;

    /// <summary>CH1, CH2; after a retry HR5. Returns the length of the message.</summary>
    public int CreateClientHello(Span<byte> output)
    {
        if (Step == ClientStep.CreateSecondHello)
            return CreateSecondHello(output);

        Require(ClientStep.CreateHello);
        SystemRandom.Fill(_random);
        return CreateFirstHello(FindKem(_offer.Suites[0].Kem).GenerateKey(), output);
    }

    /// <summary>The derandomised form, for known answers.</summary>
    internal int CreateClientHello(ReadOnlySpan<byte> random, HybridKemKey key, Span<byte> output)
    {
        Require(ClientStep.CreateHello);
        random.CopyTo(_random);
        return CreateFirstHello(key, output);
    }

    /// <summary>HR4. Believed as far as it goes: it can choose among our own KEMs, nothing else.</summary>
    public void ConsumeHelloRetry(ReadOnlySpan<byte> message)
    {
        // C2 expects SH only: a second retry is out of place.
        Expect(ClientStep.ConsumeRetryOrHello, nameof(HelloRetry));
        HelloRetry retry = HelloRetry.ReadMessage(message);
        KemId kem = (KemId)retry.Kem;
        if (!_offer.Suites.ContainsKem(kem))
            ProtocolException.Throw("HelloRetry for a KEM that was not offered");

        if (kem != _kemKey!.Kem.Id)
        {
            HybridKemKey fresh = FindKem(kem).GenerateKey();
            _kemKey.Dispose();
            _kemKey = fresh;
        }

        _transcript = Transcript.StartAfterRetry(_hFirstHello, message);
        _cookie = retry.Cookie.ToArray();
        _work = retry.Work;
        Step = ClientStep.CreateSecondHello;
    }

    /// <summary>SH4 to SH7. On return <see cref="Secrets"/> are there.</summary>
    public void ConsumeServerHello(ReadOnlySpan<byte> message)
    {
        if (Step != ClientStep.ConsumeHello)
            Expect(ClientStep.ConsumeRetryOrHello, nameof(ServerHello));
        ServerHello hello = ServerHello.ReadMessage(message);
        (Tier tier, Suite suite) = CheckChoice(hello);

        Transcript transcript = _transcript;
        transcript.Append(message);
        Span<byte> hash = stackalloc byte[Kdf.HashSize];
        transcript.Point(hash);
        Span<byte> z = stackalloc byte[HybridKem.SecretSize];
        try
        {
            // SH6. A false share or an all-zero X25519 result; ML-KEM itself rejects implicitly.
            if (!_kemKey!.Decapsulate(hello.Ciphertext, EncapsulatorRole.Server, z))
                ProtocolException.Throw(AlertCode.HandshakeFailed, "KEM ciphertext refused");

            // SH7.
            _schedule = new KeySchedule(EarlyKind.None, default);
            _schedule.EnterHandshake(z, hash);
        }
        finally
        {
            ConstantTime.Wipe(z);
        }

        _kemKey.Dispose();
        _kemKey = null;
        Secrets = HandshakeSecrets.Derive(_schedule);
        _transcript = transcript;
        Suite = suite;
        Tier = tier;
        Step = ClientStep.ConsumeParams;
    }

    private int CreateFirstHello(HybridKemKey key, Span<byte> output)
    {
        _kemKey?.Dispose();
        _kemKey = key;
        int length = WriteHello(default, output);
        _transcript = Transcript.Start();
        _transcript.Append(output[..length]);
        _transcript.Point(_hFirstHello);
        Step = ClientStep.ConsumeRetryOrHello;
        return length;
    }

    /// <summary>HR5: the first hello with cookie and work, and another share only if the KEM differs.</summary>
    private int CreateSecondHello(Span<byte> output)
    {
        ClientHelloOptions options = new() { Cookie = _cookie, Work = WorkPuzzle.Solve(_cookie, _work) };
        int length = WriteHello(options, output);
        _transcript.Append(output[..length]);
        Step = ClientStep.ConsumeHello;
        return length;
    }

    private int WriteHello(ClientHelloOptions options, Span<byte> output)
    {
        Span<byte> tiers = stackalloc byte[_offer.Tiers.Count];
        _offer.Tiers.Write(tiers);
        Span<ushort> codes = stackalloc ushort[_offer.Suites.Count];
        for (int i = 0; i < codes.Length; i++)
            codes[i] = _offer.Suites[i].Code;
        Span<byte> optionBytes = stackalloc byte[options.Size];
        scoped WireWriter optionWriter = new(optionBytes);
        options.Write(ref optionWriter);

        scoped WireWriter writer = new(output);
        new ClientHello
        {
            Versions = U16List.Create([ClientHello.OwnVersion], stackalloc byte[sizeof(ushort)]),
            Random = _random,
            Tiers = tiers,
            Suites = U16List.Create(codes, stackalloc byte[SuiteList.MaximumOffer * sizeof(ushort)]),
            Kem = (byte)_kemKey!.Kem.Id,
            Share = _kemKey.Share,
            Options = optionBytes,
        }.Write(ref writer);
        return writer.Position;
    }

    /// <summary>SH5: everything chosen was offered, and our own minimum is met. An early input was not offered.</summary>
    private (Tier Tier, Suite Suite) CheckChoice(in ServerHello hello)
    {
        Tier tier = (Tier)hello.Tier;
        Suite suite = Suite.Decode(hello.Suite);
        if (!_offer.Tiers.Contains(tier))
            ProtocolException.Throw("ServerHello chose a tier that was not offered");
        if (!_offer.Suites.Contains(suite))
            ProtocolException.Throw("ServerHello chose a suite that was not offered");
        if (suite.Kem != _kemKey!.Kem.Id)
            ProtocolException.Throw("ServerHello chose a suite with another KEM than the share's");
        if (hello.Accepted != EarlyKind.None)
            ProtocolException.Throw("ServerHello accepted an early input that was not offered");
        if (!Negotiation.IsAllowed(tier, suite) || !suite.IsBuilt)
            ProtocolException.Throw("ServerHello chose a suite that cannot be used at the tier");
        if (tier < _offer.MinimumTier)
            ProtocolException.Throw(AlertCode.Policy, "the server's tier is below our minimum");
        return (tier, suite);
    }

    private static HybridKem FindKem(KemId kem) => HybridKem.Find((byte)kem) ?? throw new InvalidOperationException($"KEM {kem} is not built");
}
