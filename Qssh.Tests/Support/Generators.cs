using FsCheck;
using FsCheck.Fluent;

namespace Qssh.Tests.Support;

/// <summary>Inputs for property tests.</summary>
internal static class Generators
{
    /// <summary>Byte strings of one length.</summary>
    public static Arbitrary<byte[]> Bytes(int length) => ArbMap.Default.GeneratorFor<byte>().ArrayOf(length).ToArbitrary();
}
