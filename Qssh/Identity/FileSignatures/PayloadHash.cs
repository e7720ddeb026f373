using Qssh.Crypto.Hashes;

namespace Qssh.Identity.FileSignatures;

/// <summary>Hash of what is signed, fed in pieces: content of any length takes no memory.</summary>
internal sealed class PayloadHash
{
    public const string DefaultName = "sha512";

    private Sha512 _sha512;
    private Sha256 _sha256;

    private PayloadHash(string name)
    {
        Name = name;
        if (IsLong)
            _sha512 = Sha512.Start();
        else
            _sha256 = Sha256.Start();
    }

    public string Name { get; }

    private bool IsLong => Name == DefaultName;

    /// <summary>Null: the name is unknown.</summary>
    public static PayloadHash? Start(string name) => IsKnown(name) ? new PayloadHash(name) : null;

    public static bool IsKnown(string name) => name is DefaultName or "sha256";

    public void Update(ReadOnlySpan<byte> data)
    {
        if (IsLong)
            _sha512.Update(data);
        else
            _sha256.Update(data);
    }

    /// <summary>Once; the hash can then not be used.</summary>
    public byte[] Finish()
    {
        byte[] digest = new byte[IsLong ? Sha512.Size : Sha256.Size];
        if (IsLong)
            _sha512.Finish(digest);
        else
            _sha256.Finish(digest);
        return digest;
    }
}
