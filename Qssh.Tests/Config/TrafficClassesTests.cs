using Qssh.Config;
using Xunit;

namespace Qssh.Tests.Config;

public sealed class TrafficClassesTests
{
    [Theory]
    [InlineData("af21 cs1", "af21 cs1", 0x48, 0x20)]
    [InlineData("EF", "ef ef", 0xB8, 0xB8)]
    [InlineData("none throughput", "none throughput", -1, 0x08)]
    [InlineData("0x10 255", "lowdelay 0xff", 0x10, 0xFF)]
    public void Are_read_and_shown(string text, string shown, int interactive, int bulk)
    {
        TrafficClasses classes = TrafficClasses.Parse(new ConfigArguments(text));
        Assert.Equal((interactive, bulk), (classes.Interactive ?? -1, classes.Bulk ?? -1));
        Assert.Equal(shown, classes.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("af99")]
    [InlineData("256")]
    [InlineData("-1")]
    [InlineData("0x")]
    [InlineData("ef ef ef")]
    public void Others_are_refused(string text) => Assert.Throws<ConfigValueException>(() => TrafficClasses.Parse(new ConfigArguments(text)));
}
