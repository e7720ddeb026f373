using Qssh.Crypto.Passwords;

namespace Qssh.Selftest.Vectors;

/// <summary>Argon2id. Parameters beyond our limits are refused before any memory is taken, so such cases are left out.</summary>
internal static class Argon2Cases
{
    private const int LargestTag = 1 << 16;

    public static CaseVerdict Run(VectorCase test)
    {
        Argon2Parameters parameters = new(test.Integer("memoryKiB", int.MaxValue), test.Integer("passes", int.MaxValue), test.Integer("lanes", int.MaxValue));
        byte[] salt = test.RequiredHex("salt");
        int size = test.Integer("tagLen", LargestTag);
        if (!parameters.AreWithinLimits || salt.Length < 8 || size < 4)
            return CaseVerdict.Skipped("parameters outside of what is accepted");
        byte[] tag = new byte[size];
        Argon2id.DeriveKey(test.Hex("password"), salt, test.Hex("secret"), test.Hex("ad"), parameters, tag);
        return test.Expect("tag", tag);
    }
}
