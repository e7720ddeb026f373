using Microsoft.CodeAnalysis;
using Qssh.Generators.Wire;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Generators.Wire;

/// <summary>Each mistake in a declaration has its id and underlines what has to change.</summary>
public sealed class WireDiagnosticsTests
{
    [Theory]
    [InlineData("QSSHW001", "M", "[WireMessage(1)] internal readonly ref struct M;")]
    [InlineData("QSSHW001", "M", "[WireMessage(1)] internal readonly partial struct M;")]
    [InlineData("QSSHW001", "M", "[WireMessage(1)] internal ref partial struct M;")]
    [InlineData("QSSHW001", "M", "[WireMessage(1)] internal readonly partial record struct M;")]
    [InlineData("QSSHW001", "M", "[WireMessage(1)] internal readonly ref partial struct M<T>;")]
    [InlineData("QSSHW001", "M", "internal static class Outer { [WireMessage(1)] internal readonly ref partial struct M; }")]
    [InlineData("QSSHW002", "WireMessage(1)", "[WireMessage(1)] internal readonly ref partial struct A; [WireMessage(1)] internal readonly ref partial struct M;")]
    public void Shape(string id, string underlined, string source) => AssertOne(id, underlined, "using Qssh.Wire;\nnamespace N;\n" + source);

    [Theory]
    [InlineData("QSSHW003", "int", "public int X { get; init; }")]
    [InlineData("QSSHW003", "ReadOnlySpan<char>", "[Rest] public ReadOnlySpan<char> X { get; init; }")]
    [InlineData("QSSHW003", "string", "[Length8] public string X { get; init; }")]
    [InlineData("QSSHW004", "X", "public ReadOnlySpan<byte> X { get; init; }")]
    [InlineData("QSSHW004", "X", "[Fixed(1), Rest] public ReadOnlySpan<byte> X { get; init; }")]
    [InlineData("QSSHW004", "X", "public U16List X { get; init; }")]
    [InlineData("QSSHW005", "Rising", "[Rising] public byte X { get; init; }")]
    [InlineData("QSSHW005", "Range(0, 1)", "[Range(0, 1)] public bool X { get; init; }")]
    [InlineData("QSSHW005", "Falling", "[Rest, Falling] public ReadOnlySpan<byte> X { get; init; }")]
    [InlineData("QSSHW005", "Length8", "[Length8] public U16List X { get; init; }")]
    [InlineData("QSSHW006", "Range(2, 1)", "[Range(2, 1)] public byte X { get; init; }")]
    [InlineData("QSSHW006", "Range(0, 256)", "[Range(0, 256)] public byte X { get; init; }")]
    [InlineData("QSSHW006", "Bits(0x1FFFF)", "[Bits(0x1FFFF)] public ushort X { get; init; }")]
    [InlineData("QSSHW006", "Length8(256)", "[Length8(256)] public ReadOnlySpan<byte> X { get; init; }")]
    [InlineData("QSSHW006", "Length8(max: 1, min: 2)", "[Length8(max: 1, min: 2)] public ReadOnlySpan<byte> X { get; init; }")]
    [InlineData("QSSHW006", "Length16(-1)", "[Length16(-1)] public ReadOnlySpan<byte> X { get; init; }")]
    [InlineData("QSSHW006", "Fixed(0)", "[Fixed(0)] public ReadOnlySpan<byte> X { get; init; }")]
    [InlineData("QSSHW006", "List8(0, 128)", "[List8(0, 128)] public U16List X { get; init; }")]
    [InlineData("QSSHW006", "Expect(256)", "[Expect(256)] public partial byte X { get; }")]
    [InlineData("QSSHW006", "Expect(\"a\\\"\")", "[Expect(\"a\\\"\")] public partial ReadOnlySpan<byte> X { get; }")]
    [InlineData("QSSHW007", "X", "[Rest] public ReadOnlySpan<byte> R { get; init; } public byte X { get; init; }")]
    [InlineData("QSSHW008", "X", "[When(\"F\")] public byte X { get; init; } public bool F { get; init; }")]
    [InlineData("QSSHW008", "X", "public byte F { get; init; } [When(nameof(F))] public byte X { get; init; }")]
    [InlineData("QSSHW009", "X", "[Fixed(1)] public ReadOnlySpan<byte> X { get; }")]
    [InlineData("QSSHW009", "X", "[Expect(1)] public byte X { get; init; }")]
    [InlineData("QSSHW009", "_x", "private readonly byte _x;")]
    [InlineData("QSSHW010", "M", "[Fixed(65535)] public ReadOnlySpan<byte> X { get; init; } public byte Y { get; init; }")]
    public void Field(string id, string underlined, string field) => AssertOne(
        id, underlined, $"using System;\nusing Qssh.Wire;\nnamespace N;\n[WireMessage(1)] internal readonly ref partial struct M {{ {field} }}");

    [Theory]
    [InlineData("[Rest] public ReadOnlySpan<byte> X { get; init; }")]
    [InlineData("[List8(0, 2)] public U16List X { get; init; }")]
    public void A_record_has_one_size(string field) => AssertOne(
        "QSSHW011", "X", $"using System;\nusing Qssh.Wire;\nnamespace N;\n[WireRecord] internal readonly ref partial struct M {{ {field} }}");

    [Fact]
    public void A_sound_declaration_has_none_and_compiles()
    {
        var run = new GeneratorRun(new WireGenerator(), """
            using System;
            using Qssh.Wire;
            namespace N;
            internal enum Colour : ushort { Red = 1 }
            [WireRecord] internal readonly ref partial struct Pair { [Fixed(2)] public ReadOnlySpan<byte> A { get; init; } public ulong B { get; init; } }
            [WireMessage(1)] internal readonly ref partial struct M
            {
                public static int Ignored { get; }
                public int AlsoIgnored => 3;
                [Expect("AB")] public partial ReadOnlySpan<byte> Magic { get; }
                [Expect(7)] public partial uint Seven { get; }
                [Range(1, 2)] public required Colour Colour { get; init; }
                public bool Has { get; init; }
                [Fixed(3), When(nameof(Has))] public ReadOnlySpan<byte> Three { get; init; }
                [List8(1, 3), Falling, When(nameof(Has))] public U16List Numbers { get; init; }
                [List8(0, 3)] public RecordList<Pair> Pairs { get; init; }
                [List8(0, 9), Rising, Range(1, 9)] public ReadOnlySpan<byte> Digits { get; init; }
                [Rest(max: 10)] public ReadOnlySpan<byte> Tail { get; init; }
            }
            """);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompileErrors);
        Assert.Equal(2, run.GeneratedTexts.Count);
    }

    private static void AssertOne(string id, string underlined, string source)
    {
        var run = new GeneratorRun(new WireGenerator(), source);
        Diagnostic found = Assert.Single(run.Diagnostics);
        Assert.Equal(id, found.Id);
        Assert.Equal(underlined, run.Underlined(found));
    }
}
