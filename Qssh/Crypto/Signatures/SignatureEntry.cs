namespace Qssh.Crypto.Signatures;

/// <summary>One row of the registry: what a scheme is, whether or not this build can compute it.</summary>
/// <param name="Name">The name in key lines, options and listings.</param>
/// <param name="FipsApproved">Wholly specified by a published FIPS.</param>
internal sealed record SignatureEntry(
    SignatureScheme Scheme, string Name, string Family, int PublicKeySize, int SignatureSize, bool FipsApproved);
