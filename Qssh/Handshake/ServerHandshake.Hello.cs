using Qssh.Crypto.Kem;
using Qssh.Crypto.Rng;
using Qssh.Errors;
using Qssh.Schedule;
using Qssh.Secrets;
using Qssh.Wire;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Handshake;

/// <summary>The clear part: ClientHello, HelloRetry, ServerHello.</summary>
internal sealed partial class ServerHandshake
{
    private byte[]? _retry;
    private byte[]? _share;

    /// <summary>
    /// CH5, CH6, HR6: decode, choose, decide; no KEM work yet. A hello with a cookie needs no state, so it may come first on a
    /// connection; the hello after a retry must have one.
    /// </summary>
    public HelloDecision ConsumeClientHello(ReadOnlySpan<byte> message, in HelloContext context)
    {
        if (Step != ServerStep.ConsumeSecondHello)
            Expect(ServerStep.ConsumeHello, nameof(ClientHello));
        if (message.Length > HandshakeLimits.ClientHello)
            ProtocolException.Throw("ClientHello too long");
        ClientHello hello = ClientHello.ReadMessage(message);
        if (!hello.Versions.Contains(ClientHello.OwnVersion))
            ProtocolException.Throw(AlertCode.Version, "no common version");

        ClientHelloOptions options = hello.ReadOptions();
        if (options.Cookie.IsEmpty != options.Work is null)
            ProtocolException.Throw("ClientHello: cookie and work belong together");
        (Tier tier, Suite suite) = Negotiation.Choose(_offer, hello);

        // CH7: no early input is known here, so one that is offered counts as not offered (SH.accepted = 0).
        return options.Cookie.IsEmpty ? AdmitFirst(message, hello, tier, suite, context) : AdmitSecond(message, hello, options, tier, suite, context);
    }

    /// <summary>HR1 to HR3: nothing of the first hello is kept but what the cookie carries.</summary>
    public int CreateHelloRetry(Span<byte> output)
    {
        Require(ServerStep.CreateRetry);
        _retry!.CopyTo(output);
        int length = _retry!.Length;
        _retry = null;
        Step = ServerStep.ConsumeSecondHello;
        return length;
    }

    /// <summary>SH1 to SH3. On return <see cref="Secrets"/> are there. A share that is no key is the peer's fault, found only here.</summary>
    public int CreateServerHello(Span<byte> output)
    {
        Span<byte> random = stackalloc byte[ClientHandshake.RandomSize];
        SystemRandom.Fill(random);
        return CreateServerHello(random, default, output);
    }

    /// <summary>The derandomised form, for known answers; with an empty seed the KEM draws its own.</summary>
    internal int CreateServerHello(ReadOnlySpan<byte> random, ReadOnlySpan<byte> encapSeed, Span<byte> output)
    {
        Require(ServerStep.CreateHello);
        HybridKem kem = HybridKem.Find((byte)Suite.Kem)!;
        Span<byte> ciphertext = stackalloc byte[kem.CiphertextSize];
        Span<byte> z = stackalloc byte[HybridKem.SecretSize];
        Span<byte> hash = stackalloc byte[Kdf.HashSize];
        try
        {
            // SH1: FIPS 203 key check, lengths, and the all-zero X25519 result.
            bool taken = encapSeed.IsEmpty
                ? kem.Encapsulate(_share, EncapsulatorRole.Server, ciphertext, z)
                : kem.EncapsulateDerandomized(_share, EncapsulatorRole.Server, encapSeed, ciphertext, z);
            if (!taken)
                ProtocolException.Throw(AlertCode.HandshakeFailed, "KEM share refused");

            scoped WireWriter writer = new(output);
            new ServerHello { Random = random, Tier = (byte)Tier, Suite = Suite.Code, Accepted = EarlyKind.None, Ciphertext = ciphertext }.Write(ref writer);
            _transcript.Append(writer.Written);
            _transcript.Point(hash);
            _schedule = new KeySchedule(EarlyKind.None, default);
            _schedule.EnterHandshake(z, hash);
            Secrets = HandshakeSecrets.Derive(_schedule);
            _share = null;
            Step = ServerStep.CreateParams;
            return writer.Position;
        }
        finally
        {
            ConstantTime.Wipe(z);
        }
    }

    private HelloDecision AdmitFirst(ReadOnlySpan<byte> message, in ClientHello hello, Tier tier, Suite suite, in HelloContext context)
    {
        if (Step == ServerStep.ConsumeSecondHello)
            ProtocolException.Throw("ClientHello without cookie after a retry");

        if (suite.Kem != (KemId)hello.Kem || context.Busy)
        {
            _retry = BuildRetry(message, suite.Kem, context);
            Step = ServerStep.CreateRetry;
            return HelloDecision.SendRetry;
        }

        Transcript transcript = Transcript.Start();
        transcript.Append(message);
        Commit(transcript, hello, tier, suite);
        return HelloDecision.SendFlight;
    }

    /// <summary>HR6: the cookie stands for the first hello and for our retry, so the transcript begins with both.</summary>
    private HelloDecision AdmitSecond(
        ReadOnlySpan<byte> message, in ClientHello hello, in ClientHelloOptions options, Tier tier, Suite suite, in HelloContext context)
    {
        OpenedCookie cookie = context.Jar.Open(options.Cookie, context.Address, context.UnixTime);
        if (cookie.Kem != (KemId)hello.Kem || cookie.Kem != suite.Kem)
            ProtocolException.Throw(AlertCode.HandshakeFailed, "second ClientHello with another KEM than the cookie's");
        if (!WorkPuzzle.Check(options.Cookie, cookie.Work, options.Work!.Value))
            ProtocolException.Throw(AlertCode.HandshakeFailed, "second ClientHello without the work");
        if (context.Busy)
            context.Jar.Spend(options.Cookie);

        Span<byte> retry = stackalloc byte[RetrySize];
        WriteRetry(cookie.Kem, cookie.Work, options.Cookie, retry);
        Transcript transcript = Transcript.StartAfterRetry(cookie.FirstHello, retry);
        transcript.Append(message);
        Commit(transcript, hello, tier, suite);
        return HelloDecision.SendFlight;
    }

    private void Commit(in Transcript transcript, in ClientHello hello, Tier tier, Suite suite)
    {
        _transcript = transcript;
        _share = hello.Share.ToArray();
        Tier = tier;
        Suite = suite;
        Step = ServerStep.CreateHello;
    }

    private static byte[] BuildRetry(ReadOnlySpan<byte> firstHello, KemId kem, in HelloContext context)
    {
        Span<byte> hash = stackalloc byte[Kdf.HashSize];
        Transcript.HashOne(firstHello, hash);
        Span<byte> cookie = stackalloc byte[CookieJar.CookieSize];
        context.Jar.Issue(context.Address, context.UnixTime, kem, context.Work, hash, cookie);
        byte[] retry = new byte[RetrySize];
        WriteRetry(kem, (byte)context.Work, cookie, retry);
        return retry;
    }

    private const int RetrySize = MessageHeader.Size + 1 + 1 + 1 + CookieJar.CookieSize;

    private static void WriteRetry(KemId kem, byte work, ReadOnlySpan<byte> cookie, Span<byte> output)
    {
        scoped WireWriter writer = new(output);
        new HelloRetry { Kem = (byte)kem, Work = work, Cookie = cookie }.Write(ref writer);
    }
}
