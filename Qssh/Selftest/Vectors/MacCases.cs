using Qssh.Crypto.Hashes;

namespace Qssh.Selftest.Vectors;

/// <summary>HMAC, KMAC and HKDF.</summary>
internal static class MacCases
{
    private const int LargestTag = 1 << 20;

    /// <summary>A shorter tag is the front of the whole one.</summary>
    public static CaseVerdict Hmac(VectorCase test)
    {
        byte[]? mac = test.Algorithm switch
        {
            "HMACSHA256" => Compute<Sha256>(test),
            "HMACSHA384" => Compute<Sha384>(test),
            "HMACSHA512" => Compute<Sha512>(test),
            "HMACSHA3-256" => Compute<Sha3Hash256>(test),
            _ => null,
        };
        if (mac is null)
            return CaseVerdict.Skipped($"{test.Algorithm} is not built");
        int size = test.Integer("tagSize", 8 * mac.Length) / 8;
        byte[] tag = test.RequiredHex("tag");
        return test.ExpectAccepted(mac.AsSpan(0, size).SequenceEqual(tag));
    }

    public static CaseVerdict KmacCase(VectorCase test)
    {
        string function = test.Algorithm is "KMAC128" or "KMAC256" ? $"KMAC-{test.Algorithm[^3..]}" : test.Text("function");
        byte[] tag = test.RequiredHex(test.Has("mac") ? "mac" : "tag");
        byte[] mac = new byte[test.Has("tagSize") ? test.Integer("tagSize", 8 * LargestTag) / 8 : tag.Length];
        byte[] key = test.Hex("key"), message = test.Hex("msg");
        byte[] customization = test.Has("customizationHex") ? test.Hex("customizationHex") : test.Ascii("customization");
        switch (function, test.Flag("xof"))
        {
            case ("KMAC-128", false): Kmac.Compute128(key, message, customization, mac); break;
            case ("KMAC-128", true): Kmac.Xof128(key, message, customization, mac); break;
            case ("KMAC-256", false): Kmac256.Compute(key, message, customization, mac); break;
            case ("KMAC-256", true): Kmac.Xof256(key, message, customization, mac); break;
            default: throw new VectorShapeException($"\"function\" {function} is unknown");
        }

        bool same = mac.AsSpan().SequenceEqual(tag);
        return test.Has("testPassed") || test.Has("result") ? test.ExpectAccepted(same) : CaseVerdict.Of(same, "another mac");
    }

    public static CaseVerdict Hkdf(VectorCase test) => test.Algorithm switch
    {
        "HKDF-SHA-256" => Derive<Sha256>(test),
        "HKDF-SHA-384" => Derive<Sha384>(test),
        "HKDF-SHA-512" => Derive<Sha512>(test),
        _ => CaseVerdict.Skipped($"{test.Algorithm} is not built"),
    };

    /// <summary>What must be refused is too long (RFC 5869, section 2.3).</summary>
    private static CaseVerdict Derive<THash>(VectorCase test)
        where THash : struct, IHashFunction<THash>
    {
        int size = test.Integer("size", LargestTag);
        byte[] salt = test.Hex("salt"), key = test.Hex("ikm"), info = test.Hex("info");
        if (size > Hkdf<THash>.MaximumOutput)
            return test.ExpectAccepted(false);
        byte[] output = new byte[size];
        Hkdf<THash>.Derive(salt, key, info, output);
        return test.MustHold() ? test.Expect("okm", output) : CaseVerdict.Failed("accepted, must be refused");
    }

    private static byte[] Compute<THash>(VectorCase test)
        where THash : struct, IHashFunction<THash>
    {
        byte[] mac = new byte[THash.HashSize];
        Hmac<THash>.Compute(test.Hex("key"), test.Hex("msg"), mac);
        return mac;
    }
}
