using System.Text;
using Qssh.Schedule;
using Xunit;

namespace Qssh.Tests.Schedule;

public sealed class LabelTests
{
    private delegate ReadOnlySpan<byte> Label();

    [Theory]
    [InlineData(typeof(Labels.Hash))]
    [InlineData(typeof(Labels.Mix))]
    [InlineData(typeof(Labels.Derive))]
    [InlineData(typeof(Labels.Proof))]
    public void Labels_of_one_function_differ_and_have_the_prefix(Type family)
    {
        HashSet<string> seen = [];
        foreach (string label in All(family))
        {
            Assert.StartsWith("QSSH/1 ", label);
            Assert.True(seen.Add(label), label);
        }

        Assert.NotEmpty(seen);
    }

    private static IEnumerable<string> All(Type type)
    {
        foreach (System.Reflection.PropertyInfo property in type.GetProperties())
            yield return Encoding.ASCII.GetString(property.GetMethod!.CreateDelegate<Label>()());
        foreach (Type nested in type.GetNestedTypes(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public))
        {
            foreach (string label in All(nested))
                yield return label;
        }
    }
}
