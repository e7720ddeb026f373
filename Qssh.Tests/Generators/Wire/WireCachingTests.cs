using Microsoft.CodeAnalysis;
using Qssh.Generators.Wire;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Generators.Wire;

/// <summary>An edit reruns what it changes and nothing else.</summary>
public sealed class WireCachingTests
{
    private const string First = "using Qssh.Wire; namespace N; [WireMessage(1)] internal readonly ref partial struct A { public byte X { get; init; } }";
    private const string Second = "using Qssh.Wire; namespace N; [WireMessage(2)] internal readonly ref partial struct B { public byte Y { get; init; } }";

    [Fact]
    public void An_unrelated_edit_leaves_everything_cached()
    {
        var run = new GeneratorRun(new WireGenerator(), First, Second, "class Other;");
        run.Edit(2, "class Other { int _more; }");
        Assert.All(run.Reasons(WireGenerator.MessageStep), AssertUnchanged);
    }

    [Fact]
    public void Moving_a_declaration_leaves_its_output_cached()
    {
        var run = new GeneratorRun(new WireGenerator(), First, Second);
        run.Edit(0, "// A comment above.\n\n" + First);
        Assert.All(run.Reasons(WireGenerator.MessageStep), AssertUnchanged);
    }

    [Fact]
    public void A_changed_field_reruns_its_message_only()
    {
        var run = new GeneratorRun(new WireGenerator(), First, Second);
        run.Edit(0, First.Replace("byte X", "ushort X", StringComparison.Ordinal));
        IReadOnlyList<IncrementalStepRunReason> reasons = run.Reasons(WireGenerator.MessageStep);
        Assert.Single(reasons, IncrementalStepRunReason.Modified);
        Assert.Single(reasons, reason => reason != IncrementalStepRunReason.Modified);
        Assert.Contains(run.GeneratedTexts, text => text.Contains("reader.U16(\"A.X\")", StringComparison.Ordinal));
    }

    [Fact]
    public void Models_of_equal_declarations_are_equal()
    {
        var left = new WireModel("N", "A", 1, new([new FieldModel("X", "byte", FieldForm.Integer) { Width = 1 }]));
        var right = new WireModel("N", "A", 1, new([new FieldModel("X", "byte", FieldForm.Integer) { Width = 1 }]));
        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.NotEqual(left, right with { Type = 2 });
    }

    private static void AssertUnchanged(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString());
}
