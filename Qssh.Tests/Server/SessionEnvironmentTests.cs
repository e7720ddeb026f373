using System.Text;
using Qssh.Server;

namespace Qssh.Tests.Server;

public sealed class SessionEnvironmentTests
{
    [Theory]
    [InlineData("LANG", "LANG LC_*", true)]
    [InlineData("LC_ALL", "LANG LC_*", true)]
    [InlineData("TERM_PROGRAM", "LANG LC_*", false)]
    [InlineData("GIT_PROTOCOL", "*", true)]
    [InlineData("LD_PRELOAD", "*", false)]
    [InlineData("LD_LIBRARY_PATH", "LD_LIBRARY_PATH", false)]
    [InlineData("BASH_ENV", "*", false)]
    [InlineData("ENV", "*", false)]
    [InlineData("PATH", "*", false)]
    [InlineData("HOME", "*", false)]
    [InlineData("A=B", "*", false)]
    [InlineData("1A", "*", false)]
    [InlineData("", "*", false)]
    public void Only_named_and_harmless_variables_are_accepted(string name, string patterns, bool accepted)
    {
        SessionEnvironment environment = new();
        Assert.Equal(accepted, environment.TryAccept(Encoding.ASCII.GetBytes(name), "x"u8, patterns.Split(' ')));
        Assert.Equal(accepted ? [name + "=x"] : [], environment.ToList());
    }

    [Fact]
    public void Values_with_nul_and_too_many_variables_are_not_accepted()
    {
        SessionEnvironment environment = new();
        Assert.False(environment.TryAccept("A"u8, "x\0y"u8, ["*"]));
        for (int i = 0; i < 200; i++)
            environment.TryAccept(Encoding.ASCII.GetBytes("A" + i), "x"u8, ["*"]);
        Assert.Equal(128, environment.ToList().Count);
    }
}
