using System.Diagnostics;
using System.Security.Cryptography;
using Qssh.Crypto.Aead;
using Xunit;

namespace Qssh.Tests.Benchmarks;

/// <summary>
/// Rates of AES-256-GCM beside those of the system's library. Not part of a normal run:
/// <c>dotnet run -c Release --project Qssh.Tests -- -explicit only -class Qssh.Tests.Benchmarks.AesGcmBenchmark -showLiveOutput</c>.
/// </summary>
public sealed class AesGcmBenchmark(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public void Rates()
    {
        byte[] key = RandomNumberGenerator.GetBytes(32), nonce = new byte[12], tag = new byte[16];
        foreach (int size in (int[])[64, 736, 752, 16_384, 65_536])
        {
            byte[] plaintext = RandomNumberGenerator.GetBytes(size), ciphertext = new byte[size];
            using AesGcm system = new(key, 16);
            double baseline = Rate(size, () => system.Encrypt(nonce, plaintext, ciphertext, tag));
            output.WriteLine($"{size,6} bytes  system   seal {baseline,6:F2} GB/s");
            foreach (AesGcmImplementation implementation in Enum.GetValues<AesGcmImplementation>().Where(Aes256Gcm.IsSupported))
            {
                using Aes256Gcm cipher = Aes256Gcm.Create(key, implementation);
                double seal = Rate(size, () => cipher.Seal(nonce, [], plaintext, ciphertext, tag));
                double open = Rate(size, () => cipher.Open(nonce, [], ciphertext, tag, plaintext));
                output.WriteLine(
                    $"{size,6} bytes  {implementation,-8} seal {seal,6:F2} GB/s, {seal / baseline:F1} x the system's; open {open,6:F2} GB/s");
            }
        }
    }

    /// <summary>The best of many short runs, which the rest of the machine disturbs least.</summary>
    private static double Rate(int size, Action run)
    {
        int count = Math.Max(1, 400_000 / (size + 200));
        TimeSpan best = TimeSpan.MaxValue;
        for (Stopwatch total = Stopwatch.StartNew(); total.ElapsedMilliseconds < 400;)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
                run();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        return (double)size * count / best.TotalNanoseconds;
    }
}
