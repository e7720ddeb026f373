using System.Security.Cryptography;
using Qssh.Crypto.Kem;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Schedule;
using Qssh.Wire.Messages.Transport;
using Xunit;
using static Qssh.Tests.Support.ProtocolVectors;

namespace Qssh.Tests.Handshake;

public sealed class CookieJarTests
{
    private const long Now = 1_800_000_000;

    private static readonly byte[] Address = Hex("retry", "address");

    [Fact]
    public void Known_answers()
    {
        Assert.Equal((ulong)Now, Number("retry", "time"));
        using CookieJar jar = KnownJar();
        byte[] cookie = new byte[CookieJar.CookieSize];
        int bits = (int)Number("retry", "work_bits");
        jar.Issue(Address, Now, KemId.ChKem1024, bits, Hex("retry", "H_CH1"), cookie);
        Assert.Equal(Hex("retry", "cookie"), cookie);
        Assert.Equal(Hex("retry", "cookie_mac"), cookie[^32..]);
        Assert.Equal(Hex("retry", "HR"), new HelloRetry { Kem = 1, Work = (byte)bits, Cookie = cookie }.ToArray());

        ulong answer = WorkPuzzle.Solve(cookie, bits);
        Assert.Equal(Hex("retry", "work_answer"), BitConverter.IsLittleEndian ? [.. BitConverter.GetBytes(answer).Reverse()] : BitConverter.GetBytes(answer));
        byte[] hash = new byte[32];
        WorkPuzzle.Hash(cookie, answer, hash);
        Assert.Equal(Hex("retry", "work_hash"), hash);
        Assert.True(WorkPuzzle.Check(cookie, bits, answer));
        Assert.False(WorkPuzzle.Check(cookie, bits + 1, answer));

        OpenedCookie opened = jar.Open(cookie, Address, Now + CookieJar.Lifetime);
        Assert.Equal(KemId.ChKem1024, opened.Kem);
        Assert.Equal(bits, opened.Work);
        Assert.Equal(Hex("retry", "H_CH1"), opened.FirstHello.ToArray());
    }

    [Fact]
    public void Known_answer_of_the_transcript_after_a_retry()
    {
        // The second hello is the first with options 01 and 02; the first ends with empty options.
        byte[] first = Hex("messages", "CH");
        byte[] options = [1, 0, 107, .. Hex("retry", "cookie"), 2, 0, 8, .. Hex("retry", "work_answer")];
        byte[] second = [.. first[..^2], (byte)(options.Length >> 8), (byte)options.Length, .. options];
        int body = second.Length - 3;
        (second[1], second[2]) = ((byte)(body >> 8), (byte)body);
        Assert.Equal(Hex("retry", "CH2_sha256"), SHA256.HashData(second));

        byte[] head = [0xFE, 0, 64, .. Hex("retry", "H_CH1"), .. Hex("retry", "HR"), .. second];
        Assert.Equal(Hex("retry", "transcript_head_sha256"), SHA256.HashData(head));
        Transcript transcript = Transcript.StartAfterRetry(Hex("retry", "H_CH1"), Hex("retry", "HR"));
        transcript.Append(second);
        byte[] hash = new byte[64];
        transcript.Point(hash);
        Assert.Equal(Hex("retry", "H_CH2"), hash);
    }

    [Fact]
    public void Every_changed_byte_is_refused()
    {
        using CookieJar jar = KnownJar();
        byte[] cookie = Hex("retry", "cookie");
        for (int i = 0; i < cookie.Length; i++)
        {
            cookie[i] ^= 1;
            Refuse(jar, cookie, Address, Now);
            cookie[i] ^= 1;
        }

        jar.Open(cookie, Address, Now);
    }

    [Fact]
    public void Age_and_address()
    {
        using CookieJar jar = KnownJar();
        byte[] cookie = Hex("retry", "cookie");
        jar.Open(cookie, Address, Now);
        Refuse(jar, cookie, Address, Now + CookieJar.Lifetime + 1);
        Refuse(jar, cookie, Address, Now - 1);
        byte[] other = [.. Address];
        other[15]++;
        using CookieJar again = KnownJar();
        Refuse(again, cookie, other, Now);
    }

    [Fact]
    public void A_key_serves_a_minute_and_verifies_for_another()
    {
        using CookieJar jar = new();
        byte[] early = Issue(jar, Now);
        byte[] late = Issue(jar, Now + 59);
        byte[] next = Issue(jar, Now + 60);
        Assert.Equal(early[0], late[0]);
        Assert.NotEqual(late[0], next[0]);
        jar.Open(late, Address, Now + 89);
        jar.Open(next, Address, Now + 89);
        Refuse(jar, late, Address, Now + 90);

        // Two keys later the first one is gone, whatever the time in the cookie says.
        Issue(jar, Now + 200);
        Refuse(jar, next, Address, Now + 60);
    }

    [Fact]
    public void A_clock_set_back_draws_a_new_key_and_keeps_none()
    {
        using CookieJar jar = new();
        byte[] cookie = Issue(jar, Now);
        Issue(jar, Now - 1000);
        Refuse(jar, cookie, Address, Now);
    }

    [Fact]
    public void A_cookie_is_spent_once_and_the_set_is_bounded()
    {
        using CookieJar jar = new(maximumSpent: 3);
        byte[] first = Issue(jar, Now, 1);
        jar.Spend(first);
        Assert.Equal(AlertCode.HandshakeFailed, Assert.Throws<ProtocolException>(() => jar.Spend(first)).Code);
        jar.Spend(Issue(jar, Now, 2));
        jar.Spend(Issue(jar, Now + 60, 3));
        Assert.Equal(AlertCode.Refused, Assert.Throws<ProtocolException>(() => jar.Spend(Issue(jar, Now + 60, 4))).Code);

        // Keys that are gone take what was spent under them along.
        jar.Spend(Issue(jar, Now + 120, 5));
        jar.Spend(Issue(jar, Now + 120, 6));
    }

    private static CookieJar KnownJar() => new(1, Hex("retry", "cookie_key"), Now);

    private static byte[] Issue(CookieJar jar, long time, byte seed = 0)
    {
        byte[] hash = new byte[64];
        hash[0] = seed;
        byte[] cookie = new byte[CookieJar.CookieSize];
        jar.Issue(Address, time, KemId.ChKem768, 0, hash, cookie);
        return cookie;
    }

    private static void Refuse(CookieJar jar, byte[] cookie, byte[] address, long time) =>
        Assert.Equal(AlertCode.HandshakeFailed, Assert.Throws<ProtocolException>(() => { jar.Open(cookie, address, time); }).Code);
}
