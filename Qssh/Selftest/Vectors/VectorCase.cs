using System.Runtime.CompilerServices;
using System.Text;
using Qssh.Crypto.Hashes;
using Qssh.Json;

namespace Qssh.Selftest.Vectors;

/// <summary>One case, with the group it stands in. Fields are looked for in the case first; bytes are hex of either case.</summary>
internal sealed class VectorCase(string algorithm, bool takesLong, JsonNode group, JsonNode test)
{
    /// <summary>What the head of the file says.</summary>
    public string Algorithm => algorithm;

    /// <summary>Whether the user asked for the cases that take minutes.</summary>
    public bool TakesLong => takesLong;

    public JsonNode Test => test;

    public bool Has(string name) => Find(name, out _);

    /// <summary>Empty where the field is missing.</summary>
    public byte[] Hex(string name) => Find(name, out JsonNode node) ? Decode(node, name) : [];

    public byte[] RequiredHex(string name) => Find(name, out JsonNode node) ? Decode(node, name) : throw Missing(name);

    public byte[] RequiredHex(string name, int size)
    {
        byte[] bytes = RequiredHex(name);
        return bytes.Length == size ? bytes : throw new VectorShapeException($"\"{name}\" is not {size} bytes");
    }

    /// <summary>Empty where the field is missing.</summary>
    public string Text(string name) => Find(name, out JsonNode node) ? node.Text() ?? throw NotA("string", name) : "";

    public byte[] Ascii(string name)
    {
        string text = Text(name);
        return System.Text.Ascii.IsValid(text) ? Encoding.ASCII.GetBytes(text) : throw NotA("string of ASCII characters", name);
    }

    public int Integer(string name, int largest)
    {
        if (!Find(name, out JsonNode node))
            throw Missing(name);
        return node.TryInteger(out int value) && value >= 0 && value <= largest ? value : throw NotA($"number from 0 to {largest}", name);
    }

    /// <summary>False where the field is missing.</summary>
    public bool Flag(string name)
    {
        if (!Find(name, out JsonNode node))
            return false;
        return node.Kind is JsonKind.True or JsonKind.False ? node.Kind == JsonKind.True : throw NotA("truth value", name);
    }

    public List<JsonNode> Items(string name) =>
        Find(name, out JsonNode node) && node.Kind == JsonKind.Array ? node.Items() : throw NotA("list", name);

    /// <summary><c>testPassed</c>, or else Wycheproof's <c>result</c>, of which <c>acceptable</c> counts as valid: see where it matters.</summary>
    public bool MustHold()
    {
        if (Has("testPassed"))
            return Flag("testPassed");
        return Text("result") switch
        {
            "valid" or "acceptable" => true,
            "invalid" => false,
            "" => throw Missing("result"),
            _ => throw new VectorShapeException("\"result\" is none of valid, invalid, acceptable"),
        };
    }

    /// <summary>Compares with the field, or with its SHA-256 in the field whose name ends in Sha256.</summary>
    public CaseVerdict Expect(string name, ReadOnlySpan<byte> actual)
    {
        bool hasBytes = Has(name), hasDigest = Has(name + "Sha256");
        if (!hasBytes && !hasDigest)
            throw Missing(name);
        bool holds = !hasBytes || RequiredHex(name).AsSpan().SequenceEqual(actual);
        if (holds && hasDigest)
        {
            Span<byte> digest = stackalloc byte[Sha256.Size];
            Sha256.Hash(actual, digest);
            holds = digest.SequenceEqual(RequiredHex(name + "Sha256"));
        }

        return CaseVerdict.Of(holds, $"another {name}");
    }

    /// <summary>For verifications: whether it was accepted is what the case says.</summary>
    public CaseVerdict ExpectAccepted(bool accepted) =>
        CaseVerdict.Of(accepted == MustHold(), accepted ? "accepted, must be refused" : "refused, must be accepted");

    /// <summary>The same fields with another case, for what is nested in one.</summary>
    public VectorCase With(JsonNode nested) => new(algorithm, takesLong, test, nested);

    /// <returns>Null: run it.</returns>
    public CaseVerdict? Skip(int iterations)
    {
        if (iterations <= VectorLimits.UsualIterations || (takesLong && iterations <= VectorLimits.LongIterations))
            return null;
        return CaseVerdict.Skipped(iterations <= VectorLimits.LongIterations ? $"{iterations} iterations: --long" : $"{iterations} iterations take too long");
    }

    public static byte[] Decode(JsonNode node, string name)
    {
        if (!node.TryRaw(out ReadOnlySpan<byte> raw) || raw.Length % 2 != 0)
            throw NotA("string of hex digits", name);
        byte[] bytes = new byte[raw.Length / 2];
        return TryDecode(raw, bytes) ? bytes : throw NotA("string of hex digits", name);
    }

    /// <param name="bytes">Half as long as the digits.</param>
    public static bool TryDecode(ReadOnlySpan<byte> digits, Span<byte> bytes)
    {
        int faults = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            int high = Nibble(digits[2 * i]), low = Nibble(digits[(2 * i) + 1]);
            faults |= high | low;
            bytes[i] = (byte)((high << 4) | low);
        }

        return faults >= 0;
    }

    private static int Nibble(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    /// <summary>Small: it is called from everywhere, and nothing here is fast.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Find(string name, out JsonNode node)
    {
        Span<byte> bytes = stackalloc byte[64];
        bytes = bytes[..Encoding.ASCII.GetBytes(name, bytes)];
        return test.TryGet(bytes, out node) || group.TryGet(bytes, out node);
    }

    private static VectorShapeException Missing(string name) => new($"\"{name}\" is missing");

    private static VectorShapeException NotA(string kind, string name) => new($"\"{name}\" is not a {kind}");
}
