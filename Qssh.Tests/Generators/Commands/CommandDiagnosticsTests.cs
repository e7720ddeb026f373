using Microsoft.CodeAnalysis;
using Qssh.Generators.Commands;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Generators.Commands;

/// <summary>What is wrong with a declaration is said once, under its id, on the exact place.</summary>
public sealed class CommandDiagnosticsTests
{
    private const string Head = "using System.Collections.Generic; using Qssh.Commands.Framework; namespace N;\n";
    private const string Body = "{ public override int Run() => 0; }";

    [Theory]
    [InlineData("QSSHC001", "A", "[Command(\"a\", Summary = \"s\")] internal sealed class A : Command " + Body)]
    [InlineData("QSSHC001", "A", "[Command(\"a\", Summary = \"s\")] internal sealed partial class A<T> : Command " + Body)]
    [InlineData("QSSHC001", "A", "internal static partial class O { [Command(\"a\", Summary = \"s\")] internal sealed partial class A : Command " + Body + " }")]
    [InlineData("QSSHC002", "A", "[Command(\"a\", Summary = \"s\")] internal sealed partial class A " + "{ }")]
    [InlineData("QSSHC007", "Command(\"a\")", "[Command(\"a\")] internal sealed partial class A : Command " + Body)]
    [InlineData("QSSHC009", "Command(\"\", Summary = \"s\")", "[Command(\"\", Summary = \"s\")] internal sealed partial class A : Command " + Body)]
    [InlineData("QSSHC009", "Command(\"-a\", Summary = \"s\")", "[Command(\"-a\", Summary = \"s\")] internal sealed partial class A : Command " + Body)]
    [InlineData("QSSHC009", "Command(\"a\", \"b c\", Summary = \"s\")", "[Command(\"a\", \"b c\", Summary = \"s\")] internal sealed partial class A : Command " + Body)]
    [InlineData("QSSHC010", "Command(\"a\", Summary = \"é\")", "[Command(\"a\", Summary = \"é\")] internal sealed partial class A : Command " + Body)]
    public void Classes(string id, string underlined, string source) => AssertSingle(id, underlined, Head + source);

    [Theory]
    [InlineData("QSSHC003", "Flag('a', Help = \"2\")", "[Flag('a', Help = \"1\")] bool X { get; set; } [Flag('a', Help = \"2\")] bool Y { get; set; }")]
    [InlineData("QSSHC003", "Flag(Long = \"a\", Help = \"2\")", "[Flag(Long = \"a\", Help = \"1\")] bool X { get; set; } [Flag(Long = \"a\", Help = \"2\")] bool Y { get; set; }")]
    [InlineData("QSSHC004", "Flag('-', Help = \"1\")", "[Flag('-', Help = \"1\")] bool X { get; set; }")]
    [InlineData("QSSHC004", "Flag('é', Help = \"1\")", "[Flag('é', Help = \"1\")] bool X { get; set; }")]
    [InlineData("QSSHC004", "Flag(Help = \"1\")", "[Flag(Help = \"1\")] bool X { get; set; }")]
    [InlineData("QSSHC004", "Flag(Long = \"Big\", Help = \"1\")", "[Flag(Long = \"Big\", Help = \"1\")] bool X { get; set; }")]
    [InlineData("QSSHC004", "Flag(Long = \"--a\", Help = \"1\")", "[Flag(Long = \"--a\", Help = \"1\")] bool X { get; set; }")]
    [InlineData("QSSHC005", "X", "[Flag('a', Help = \"1\")] int X { get; set; }")]
    [InlineData("QSSHC005", "X", "[Flag('a', Counted = true, Help = \"1\")] bool X { get; set; }")]
    [InlineData("QSSHC005", "X", "[Flag('a', Help = \"1\")] bool X { get; }")]
    [InlineData("QSSHC005", "X", "[Option('a', Help = \"1\")] bool X { get; set; }")]
    [InlineData("QSSHC005", "X", "[Option('a', Help = \"1\")] List<string>? X { get; set; }")]
    [InlineData("QSSHC005", "X", "[Option('a', Repeatable = true, Help = \"1\")] string? X { get; set; }")]
    [InlineData("QSSHC005", "X", "[Option('a', Repeatable = true, Help = \"1\")] List<string>? X { get; }")]
    [InlineData("QSSHC005", "X", "[Operand(\"a\", Help = \"1\")] int X { get; set; }")]
    [InlineData("QSSHC005", "X", "[RestOperands(\"a\", Help = \"1\")] string? X { get; set; }")]
    [InlineData("QSSHC006", "Operand(\"y\", Help = \"1\")", "[Operand(\"x\", Optional = true, Help = \"1\")] string? X { get; set; } [Operand(\"y\", Help = \"1\")] string? Y { get; set; }")]
    [InlineData("QSSHC006", "Operand(\"y\", Help = \"1\")", "[RestOperands(\"x\", Help = \"1\")] List<string>? X { get; set; } [Operand(\"y\", Help = \"1\")] string? Y { get; set; }")]
    [InlineData("QSSHC007", "Flag('a')", "[Flag('a')] bool X { get; set; }")]
    [InlineData("QSSHC007", "Operand(\"x\")", "[Operand(\"x\")] string? X { get; set; }")]
    public void Members(string id, string underlined, string members) =>
        AssertSingle(id, underlined, $"{Head}[Command(\"a\", Summary = \"s\")] internal sealed partial class A : Command {{ {members} public override int Run() => 0; }}");

    [Fact]
    public void Setting_options_share_the_letters()
    {
        const string Source = Head + "[Command(\"a\", Summary = \"s\"), SettingFlag('x', \"K=v\", Help = \"h\"), SettingOption('x', \"K\", Help = \"h\")] internal sealed partial class A : Command " + Body;
        AssertSingle("QSSHC003", "SettingOption('x', \"K\", Help = \"h\")", Source);
    }

    [Theory]
    [InlineData("[Command(\"a\", Summary = \"t\")]")]
    [InlineData("[Command(\"b\", \"p\", Summary = \"t\")]")]
    [InlineData("[Command(\"b\", SshName = \"p\", Summary = \"t\")]")]
    public void Two_commands_of_one_name(string second)
    {
        string source = $"{Head}[Command(\"a\", \"p\", Summary = \"s\")] internal sealed partial class A : Command {Body} {second} internal sealed partial class B : Command {Body}";
        AssertSingle("QSSHC008", second[1..^1], source);
    }

    private static void AssertSingle(string id, string underlined, string source)
    {
        GeneratorRun run = new(new CommandGenerator(), source);
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(underlined, run.Underlined(diagnostic));
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
    }
}
