using System.Text;
using Qssh.Identity.FileSignatures;

namespace Qssh.Fuzz.Targets;

/// <summary>One line of an allowed-signers file, which often comes out of a repository.</summary>
internal sealed class AllowedSignersTarget : IFuzzTarget
{
    public string Name => "allowed-signers";

    public void Run(ReadOnlySpan<byte> input)
    {
        AllowedSigner? line = AllowedSigner.Parse(Encoding.UTF8.GetString(input), "f:1");
        FuzzException.ThrowIf(line is { Fault: not null, Key: not null }, "a key and a fault");
        FuzzException.ThrowIf(line?.Fault is { } fault && fault.Any(char.IsControl), "a fault with bytes of the line");
        FuzzException.ThrowIf(line?.Options is { } options && options.ValidBefore <= options.ValidAfter, "a time that ends before it begins");
    }

    public bool IsExpected(Exception exception) => false;
}
