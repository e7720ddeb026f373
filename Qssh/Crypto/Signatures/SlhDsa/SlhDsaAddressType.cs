namespace Qssh.Crypto.Signatures.SlhDsa;

/// <summary>What an address is for (FIPS 205, section 4.2).</summary>
internal enum SlhDsaAddressType : uint
{
    WotsHash = 0,
    WotsPublicKey = 1,
    Tree = 2,
    ForsTree = 3,
    ForsRoots = 4,
    WotsPrf = 5,
    ForsPrf = 6,
}
