using Microsoft.CodeAnalysis;
using Qssh.Generators.Commands;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Generators.Commands;

/// <summary>An edit reruns what it changes and nothing else.</summary>
public sealed class CommandCachingTests
{
    private const string First =
        "using Qssh.Commands.Framework; namespace N; [Command(\"a\", Summary = \"s\")] internal sealed partial class A : Command { [Flag('x', Help = \"h\")] bool X { get; set; } public override int Run() => 0; }";

    private const string Second =
        "using Qssh.Commands.Framework; namespace N; [Command(\"b\", Summary = \"s\")] internal sealed partial class B : Command { public override int Run() => 0; }";

    [Fact]
    public void An_unrelated_edit_leaves_everything_cached()
    {
        GeneratorRun run = new(new CommandGenerator(), First, Second, "class Other;");
        run.Edit(2, "class Other { int _more; }");
        Assert.All(run.Reasons(CommandGenerator.ModelStep), AssertUnchanged);
        Assert.All(run.Reasons(CommandGenerator.TableStep), AssertUnchanged);
    }

    [Theory]
    [InlineData("// A comment above.\n\n" + First)]
    [InlineData(First + " // behind")]
    public void Moving_or_editing_code_around_a_declaration_leaves_its_output_cached(string edited)
    {
        GeneratorRun run = new(new CommandGenerator(), First, Second);
        run.Edit(0, edited);
        Assert.All(run.Reasons(CommandGenerator.ModelStep), AssertUnchanged);
        Assert.All(run.Reasons(CommandGenerator.TableStep), AssertUnchanged);
    }

    [Fact]
    public void The_body_of_Run_is_no_part_of_the_declaration()
    {
        GeneratorRun run = new(new CommandGenerator(), First, Second);
        run.Edit(0, First.Replace("=> 0", "=> 1", StringComparison.Ordinal));
        Assert.All(run.Reasons(CommandGenerator.ModelStep), AssertUnchanged);
    }

    [Fact]
    public void A_changed_option_reruns_its_command_only()
    {
        GeneratorRun run = new(new CommandGenerator(), First, Second);
        run.Edit(0, First.Replace("'x'", "'y'", StringComparison.Ordinal));
        IReadOnlyList<IncrementalStepRunReason> reasons = run.Reasons(CommandGenerator.ModelStep);
        Assert.Single(reasons, IncrementalStepRunReason.Modified);
        Assert.Single(reasons, reason => reason != IncrementalStepRunReason.Modified);
    }

    private static void AssertUnchanged(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString());
}
