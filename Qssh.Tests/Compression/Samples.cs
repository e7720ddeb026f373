using System.Text;

namespace Qssh.Tests.Compression;

/// <summary>Data of the kinds that sessions carry; the same in every run.</summary>
internal static class Samples
{
    private static readonly string[] s_words =
    [
        "session", "channel", "the", "of", "window", "and", "int", "return", "public", "string", "static", "/usr/lib/x86_64-linux-gnu/", "drwxr-xr-x", "root", "4096",
        "error:", "warning:", "build", "\n", "\n    ", "{", "}", "(", ")", "=>", "0x", "value", "key", "compressed", "a", "in", "to", "is", "not", ";", ".",
    ];

    public static byte[] Text(int length, int seed = 1)
    {
        System.Random random = new(seed);
        StringBuilder text = new();
        while (text.Length < length)
        {
            double pick = random.NextDouble();
            text.Append(s_words[(int)(pick * pick * s_words.Length)]).Append(' ');
            if (random.Next(6) == 0)
                text.Append(random.Next(100_000));
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    public static byte[] Noise(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new System.Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Records of fixed size with a few fields that change.</summary>
    public static byte[] Records(int length, int seed = 1)
    {
        System.Random random = new(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i + 24 <= length; i += 24)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(i), i / 24);
            bytes[i + 7] = (byte)random.Next(4);
            BitConverter.TryWriteBytes(bytes.AsSpan(i + 8), 1_700_000_000L + (i / 7));
            bytes[i + 20] = (byte)random.Next(256);
        }

        return bytes;
    }

    /// <summary>Few symbols that do not repeat: only their frequencies can be used.</summary>
    public static byte[] Skewed(int length, int seed = 1)
    {
        System.Random random = new(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            double pick = random.NextDouble();
            bytes[i] = (byte)(pick * pick * pick * 255);
        }

        return bytes;
    }

    public static IEnumerable<byte[]> All(int length)
    {
        yield return Text(length);
        yield return Noise(length);
        yield return Records(length);
        yield return Skewed(length);
        yield return new byte[length];
        yield return [.. Text(length / 2), .. Noise(length / 4), .. Records(length - (length / 2) - (length / 4))];
    }
}
