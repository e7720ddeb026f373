namespace Qssh.Fuzz.Replay;

/// <summary>Small changes of an input, the same for the same seed.</summary>
internal static class InputMutator
{
    private static readonly byte[] s_edges = [0, 1, 0x7F, 0x80, 0xFE, 0xFF];

    public static byte[] Mutate(byte[] input, int seed, int maxLength)
    {
        var random = new Random(seed);
        byte[] output = input;
        for (int changes = random.Next(1, 5); changes > 0; changes--)
            output = Change(output, random);

        return output.Length <= maxLength ? output : output[..maxLength];
    }

    private static byte[] Change(byte[] input, Random random)
    {
        int at = random.Next(input.Length + 1);
        int length = random.Next(Math.Min(16, input.Length - at) + 1);
        switch (random.Next(6))
        {
            case 0:
                return [.. input.AsSpan(0, at), .. input.AsSpan(at + length)];
            case 1:
                return [.. input.AsSpan(0, at), .. input.AsSpan(at, length), .. input.AsSpan(at)];
            case 2:
                return [.. input.AsSpan(0, at), (byte)random.Next(256), .. input.AsSpan(at)];
            case 3:
                return input[..at];
            default:
                return Overwrite(input, at, random);
        }
    }

    private static byte[] Overwrite(byte[] input, int at, Random random)
    {
        if (at == input.Length)
            return [.. input, s_edges[random.Next(s_edges.Length)]];

        byte[] output = [.. input];
        output[at] = random.Next(3) switch
        {
            0 => s_edges[random.Next(s_edges.Length)],
            1 => (byte)(output[at] ^ (1 << random.Next(8))),
            _ => (byte)(output[at] + random.Next(-2, 3)),
        };
        return output;
    }
}
