using Qssh.Schedule;
using Qssh.Wire.Messages.Transport;
using static Qssh.Selftest.Answers.Answer;

namespace Qssh.Selftest.Answers;

/// <summary>The key schedule of QSSH/1 (docs/protocol.md, section 5), from the published answers of one handshake.</summary>
internal static class ScheduleAnswers
{
    private const string Z = "9c1780e11688e3746404fc213a62942cd508aee909ed9317bb2a6fb4b84c93179cbfa6edfeb1c4fce6789551d427467c90d333320a05eccb6a7b1a63c244ec3e";
    private const string HashOfHello = "a89bb9b9d679aa4a40eeb0e0fb519cf47f955ade3ffbd4667c9b1fcf7acb4966f5c983205b1756d80236e38e9c8f6568b9d0e40b4459b4339b2f730b1d64cc6a";
    private const string HashOfFinished = "df4adf8a6072479995044c45857de3d8624813362a5c3949696ef6b2b861b699880c4d58cf64b470bfd5c3b01135f001dde7daccacef154381592767bc0a0b48";

    public static void AddTo(List<KnownAnswer> all)
    {
        all.Add(new KnownAnswer("QSSH/1 key schedule", Chain));
        all.Add(new KnownAnswer("QSSH/1 ratchet", Ratchet));
    }

    private static bool Chain()
    {
        using KeySchedule schedule = new(EarlyKind.None, []);
        schedule.EnterHandshake(Hex(Z), Hex(HashOfHello));
        using TrafficSecret client = schedule.DeriveClientHandshakeSecret();
        using TrafficSecret server = schedule.DeriveServerHandshakeSecret();
        bool holds = Is(client.Bytes, "041c3f4fa2dac5c836b06f88f1e7b9d3da57be02c98b01694b11b165accb43d9")
            && Is(server.Bytes, "95ae2105a744112529a14e6cc91da061be906d3d48f314ca0895c49eb110a035");
        using SessionSecrets session = schedule.EnterMaster([], Hex(HashOfFinished));
        return holds && Is(session.SessionId, "6805b1727b6fe8508ca5367701499469e150e8bfceb2b3d3d6e1ea44f923a009")
            && Is(session.ServerTraffic.Bytes, "34c8edc21dfc8c6c3cfc9c14fb23214b8fdaa9337910239493cf0dfde70af369");
    }

    private static bool Ratchet()
    {
        using SessionSecrets session = SessionSecrets.FromMaster(Hex("11e232b8b6d33410f14d121178bd8d1d9cbb69ff6132aa72efb5a02b44a73652"));
        using TrafficSecret secret = session.TakeClientTraffic();
        for (int step = 0; step < 3; step++)
            secret.Ratchet();
        using FrameKey key = secret.DeriveFrameKey();
        return Is(secret.Bytes, "81dc2b124fe76d2b5e9ed40580449ad0001516df590fb7f558395a4bdfae9d0a") && Is(key.Key, "ed4603ca9071e05446605f1654abd98797aff533465971e8fe09111c9fd048b8");
    }
}
