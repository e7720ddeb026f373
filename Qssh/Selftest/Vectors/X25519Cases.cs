using Qssh.Crypto.Curves;

namespace Qssh.Selftest.Vectors;

/// <summary>RFC 7748 and Wycheproof. A result of zeros is reported, and the given output must come out all the same.</summary>
internal static class X25519Cases
{
    public static CaseVerdict Run(VectorCase test) => test.Text("type") switch
    {
        "scalarMult" => Multiply(test, "scalar", "u", "result"),
        "iterated" => Iterate(test),
        "XdhComp" when test.Text("curve") == "curve25519" => Multiply(test, "private", "public", "shared"),
        "XdhComp" => CaseVerdict.Skipped("only curve25519 is built"),
        string other => throw new VectorShapeException($"\"type\" {other} is unknown"),
    };

    private static CaseVerdict Multiply(VectorCase test, string scalarName, string pointName, string resultName)
    {
        byte[] scalar = test.RequiredHex(scalarName, X25519.Size), point = test.RequiredHex(pointName, X25519.Size), result = new byte[X25519.Size];
        bool accepted = X25519.Agree(scalar, point, result);
        bool isZero = !result.AsSpan().ContainsAnyExcept((byte)0);
        CaseVerdict verdict = CaseVerdict.Of(accepted != isZero, "a result of zeros is not reported, or another one is").And(test.Expect(resultName, result));
        X25519.Multiply<PortableLadder>(scalar, point, result);
        return verdict.And(test.Expect(resultName, result));
    }

    /// <summary>RFC 7748, section 5.2.</summary>
    private static CaseVerdict Iterate(VectorCase test)
    {
        int iterations = test.Integer("iterations", int.MaxValue);
        if (test.Skip(iterations) is { } skipped)
            return skipped;
        byte[] k = new byte[X25519.Size];
        k[0] = 9;
        byte[] u = k.AsSpan().ToArray();
        for (int i = 0; i < iterations; i++)
        {
            byte[] next = new byte[X25519.Size];
            X25519.Agree(k, u, next);
            (u, k) = (k, next);
        }

        return test.Expect("result", k);
    }
}
