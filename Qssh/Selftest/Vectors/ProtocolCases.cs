using Qssh.Crypto.Kem;
using Qssh.Crypto.Signatures;
using Qssh.Schedule;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Selftest.Vectors;

/// <summary>The known answers of QSSH/1: key agreement, transcript, key schedule, host proof and ratchet of one handshake.</summary>
internal static class ProtocolCases
{
    private static readonly string[] s_flight = ["SH", "SA", "SI", "SP", "SF", "CF"];

    /// <param name="part">Finds a section of the file, in whose fields the others are looked for.</param>
    public static CaseVerdict Kem(VectorCase kem, VectorCase inputs)
    {
        HybridKem ch = HybridKem.Find((byte)KemId.ChKem1024)!;
        byte[] c = new byte[ch.CiphertextSize], z = new byte[HybridKem.SecretSize];
        using HybridKemKey key = ch.KeyFromSeed(inputs.RequiredHex("kem_seed", ch.SeedSize));
        EncapsulatorRole role = (EncapsulatorRole)kem.RequiredHex("role", 1)[0];
        if (!ch.EncapsulateDerandomized(key.Share, role, inputs.RequiredHex("kem_encap_seed", HybridKem.EncapSeedSize), c, z))
            return CaseVerdict.Failed("refused, must be accepted");
        return kem.Expect("share", key.Share).And(kem.Expect("ciphertext", c)).And(kem.Expect("Z", z));
    }

    /// <summary>A rekey names the encapsulator's role and its seeds itself.</summary>
    public static CaseVerdict Rekey(VectorCase rekey)
    {
        HybridKem ch = HybridKem.Find((byte)KemId.ChKem1024)!;
        byte[] z = new byte[HybridKem.SecretSize];
        using HybridKemKey key = ch.KeyFromSeed(rekey.RequiredHex("kem_seed", ch.SeedSize));
        EncapsulatorRole role = (EncapsulatorRole)rekey.RequiredHex("encapsulator_role", 1)[0];
        if (!ch.EncapsulateDerandomized(key.Share, role, rekey.RequiredHex("kem_encap_seed", HybridKem.EncapSeedSize), new byte[ch.CiphertextSize], z))
            return CaseVerdict.Failed("refused, must be accepted");
        return rekey.Expect("K_m", z.AsSpan(0, MlKem.SharedSecretSize)).And(rekey.Expect("ss", z.AsSpan(MlKem.SharedSecretSize)));
    }

    public static CaseVerdict TranscriptPoints(VectorCase expected, VectorCase messages)
    {
        Transcript transcript = Transcript.Start();
        transcript.Append(messages.RequiredHex("CH"));
        CaseVerdict verdict = CaseVerdict.Passed;
        byte[] hash = new byte[Kdf.HashSize];
        foreach (string name in s_flight)
        {
            transcript.Append(messages.RequiredHex(name));
            transcript.Point(hash);
            verdict = verdict.And(expected.Expect("H_" + name, hash));
        }

        return verdict;
    }

    public static CaseVerdict Schedule(VectorCase schedule, VectorCase kem, VectorCase transcript)
    {
        using KeySchedule chain = new(EarlyKind.None, []);
        CaseVerdict verdict = schedule.Expect("E", chain.ChainBytes);
        chain.EnterHandshake(kem.RequiredHex("Z", HybridKem.SecretSize), transcript.RequiredHex("H_SH", Kdf.HashSize));
        using TrafficSecret client = chain.DeriveClientHandshakeSecret();
        using TrafficSecret server = chain.DeriveServerHandshakeSecret();
        verdict = verdict.And(schedule.Expect("HS", chain.ChainBytes)).And(schedule.Expect("client_handshake", client.Bytes))
            .And(schedule.Expect("server_handshake", server.Bytes));
        byte[] mac = new byte[32];
        chain.ComputeServerFinished(transcript.RequiredHex("H_SP", Kdf.HashSize), mac);
        verdict = verdict.And(schedule.Expect("server_finished", mac));
        chain.ComputeClientFinished(transcript.RequiredHex("H_SF", Kdf.HashSize), mac);
        verdict = verdict.And(schedule.Expect("client_finished", mac));
        using SessionSecrets session = chain.EnterMaster([], transcript.RequiredHex("H_CF", Kdf.HashSize));
        return verdict.And(schedule.Expect("session_id", session.SessionId)).And(schedule.Expect("client_traffic", session.ClientTraffic.Bytes))
            .And(schedule.Expect("server_traffic", session.ServerTraffic.Bytes)).And(schedule.Expect("attach_secret", session.AttachSecret));
    }

    public static CaseVerdict HostProof(VectorCase signed, VectorCase messages)
    {
        const int IdentityHeader = 7, ProofHeader = 5;
        byte[] identity = messages.RequiredHex("SI"), proof = messages.RequiredHex("SP");
        if (identity.Length < IdentityHeader || proof.Length < ProofHeader)
            throw new VectorShapeException("\"SI\" or \"SP\" is too short");
        bool holds = SignatureAlgorithm.Find(SignatureScheme.MlDsa65)!.Verify(identity.AsSpan(IdentityHeader), signed.RequiredHex("host"), proof.AsSpan(ProofHeader));
        return CaseVerdict.Of(holds, "the host's signature does not verify");
    }

    public static CaseVerdict Ratchet(VectorCase ratchet, VectorCase schedule)
    {
        using SessionSecrets session = SessionSecrets.FromMaster(schedule.RequiredHex("MS", Kdf.SecretSize));
        using TrafficSecret secret = session.TakeClientTraffic();
        CaseVerdict verdict = ratchet.Expect("step0", secret.Bytes);
        for (int step = 1; step <= 3; step++)
        {
            secret.Ratchet();
            verdict = verdict.And(ratchet.Expect($"step{step}", secret.Bytes));
        }

        using FrameKey key = secret.DeriveFrameKey();
        return verdict.And(ratchet.Expect("step3_key", key.Key)).And(ratchet.Expect("step3_iv", key.Iv));
    }
}
