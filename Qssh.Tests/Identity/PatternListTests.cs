using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Identity;
using Xunit;

namespace Qssh.Tests.Identity;

public sealed class PatternListTests
{
    [Theory]
    [InlineData("a@x", "a@x", true)]
    [InlineData("a@x", "A@x", false)]
    [InlineData("a@x,b@x", "b@x", true)]
    [InlineData("a@x, b@x", "b@x", true)]
    [InlineData("*@x", "a@x", true)]
    [InlineData("*@x", "@x", true)]
    [InlineData("*@x", "a@x.org", false)]
    [InlineData("?@x", "ab@x", false)]
    [InlineData("*,!b@x", "a@x", true)]
    [InlineData("*,!b@x", "b@x", false)]
    [InlineData("!b@x", "a@x", false)]
    [InlineData("!b@x,*", "b@x", false)]
    [InlineData(@"DOM\*", @"DOM\me", true)]
    [InlineData(@"DOM\me", @"DOM\me", true)]
    [InlineData("*a*b*c", "xxabcabxc", true)]
    [InlineData("*a*b*c", "xxabcabx", false)]
    [InlineData("", "", false)]
    [InlineData(",,", "", false)]
    [InlineData("*", "", true)]
    public void Matches(string list, string text, bool expected) => Assert.Equal(expected, PatternList.Matches(list, text));

    [Fact]
    public void AgreesWithARegularExpression()
    {
        Gen<string> patterns = Gen.Elements('a', 'b', '*', '?').ArrayOf().Select(letters => new string(letters)).Where(text => text.Length is > 0 and < 12);
        Gen<string> texts = Gen.Elements('a', 'b').ArrayOf().Select(letters => new string(letters));
        Prop.ForAll(patterns.Zip(texts).ToArbitrary(), pair =>
        {
            string expression = "^" + Regex.Escape(pair.Item1).Replace(@"\*", ".*").Replace(@"\?", ".") + "$";
            Assert.Equal(Regex.IsMatch(pair.Item2, expression), PatternList.Matches(pair.Item1, pair.Item2));
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void ManyStarsTakeNoTime()
    {
        string pattern = string.Concat(Enumerable.Repeat("a*", 4000)) + "b", text = new('a', 8000);
        Assert.False(PatternList.Matches(pattern, text));
    }

    [Fact]
    public void NegatedOnesAreNobody() => Assert.Equal(["a", "*@x"], PatternList.Positive("a,!b,*@x,"));
}
