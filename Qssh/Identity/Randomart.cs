using System.Text;
using Qssh.Crypto.Hashes;

namespace Qssh.Identity;

/// <summary>
/// A key's fingerprint as a picture, in the layout of OpenSSH: a bishop walks over a board of 17 by 9 squares, two bits a step, and each
/// square shows how often it was visited. People notice a strange picture sooner than a strange line.
/// </summary>
internal static class Randomart
{
    private const int Columns = 17, Rows = 9;
    private const string Symbols = " .o+=*BOX@%&#/^", Start = "S", End = "E";

    public static string Draw(PublicKey key)
    {
        byte[] hash = new byte[Sha256.Size];
        Sha256.Hash(key.Blob, hash);
        return Draw(hash, Title(key));
    }

    internal static string Draw(ReadOnlySpan<byte> hash, string title)
    {
        int[] visits = new int[Columns * Rows];
        (int x, int y) = Walk(hash, visits);

        StringBuilder picture = new();
        Border(picture, title);
        for (int row = 0; row < Rows; row++)
        {
            picture.Append('|');
            for (int column = 0; column < Columns; column++)
            {
                bool isStart = column == Columns / 2 && row == Rows / 2, isEnd = column == x && row == y;
                picture.Append(isEnd ? End : isStart ? Start : Symbols[Math.Min(visits[(row * Columns) + column], Symbols.Length - 1)].ToString());
            }

            picture.Append("|\n");
        }

        Border(picture, "[SHA256]");
        return picture.ToString().TrimEnd('\n');
    }

    private static (int X, int Y) Walk(ReadOnlySpan<byte> hash, int[] visits)
    {
        int x = Columns / 2, y = Rows / 2;
        foreach (byte value in hash)
        {
            for (int step = 0; step < 8; step += 2)
            {
                x = Math.Clamp(x + ((value >> step & 1) != 0 ? 1 : -1), 0, Columns - 1);
                y = Math.Clamp(y + ((value >> step & 2) != 0 ? 1 : -1), 0, Rows - 1);
                visits[(y * Columns) + x]++;
            }
        }

        return (x, y);
    }

    /// <summary>As much as fits into the border: type and bits, the type, or its family.</summary>
    private static string Title(PublicKey key)
    {
        string type = key.TypeName.ToUpperInvariant();
        foreach (string title in (string[])[$"[{type} {key.StrengthBits}]", $"[{type}]", $"[{type.Replace("-SHAKE", "")} {key.StrengthBits}]", $"[{type.Replace("-SHAKE", "")}]"])
        {
            if (title.Length <= Columns)
                return title;
        }

        return $"[{key.Family.ToUpperInvariant()} {key.StrengthBits}]";
    }

    private static void Border(StringBuilder picture, string title)
    {
        int left = (Columns - title.Length) / 2;
        picture.Append('+').Append('-', left).Append(title).Append('-', Columns - left - title.Length).Append("+\n");
    }
}
