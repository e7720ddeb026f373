using Qssh.Identity;
using Xunit;

namespace Qssh.Tests.Identity;

public sealed class CapabilitiesTests
{
    private static readonly Capabilities s_all = Capabilities.Unrestricted;

    [Fact]
    public void DefaultGrantsNothing()
    {
        Assert.False(new Capabilities().Allows(Permissions.Pty));
        Assert.False(Capabilities.Nothing.Intersect(s_all).Allows(Permissions.Pty));
    }

    [Fact]
    public void EveryPairOfPermissionsIntersects()
    {
        for (int left = 0; left < 64; left++)
        {
            for (int right = 0; right < 64; right++)
            {
                Capabilities both = new Capabilities { Permissions = (Permissions)left }.Intersect(new Capabilities { Permissions = (Permissions)right });
                Assert.Equal((Permissions)(left & right), both.Permissions);
            }
        }
    }

    [Fact]
    public void ForcedCommandOfEitherSideStays()
    {
        Capabilities forced = s_all with { ForcedCommand = "ls" };
        Assert.Equal("ls", s_all.Intersect(forced).ForcedCommand);
        Assert.Equal("ls", forced.Intersect(s_all).ForcedCommand);
        Assert.True(forced.Intersect(forced).Allows(Permissions.Pty));
        Assert.False(forced.Intersect(s_all with { ForcedCommand = "id" }).Allows(Permissions.None));
        Assert.True(forced.Intersect(s_all with { ForcedCommand = "id" }).Intersect(s_all).IsContradictory);
    }

    [Fact]
    public void ForwardListsIntersect()
    {
        Capabilities one = s_all with { PermitOpen = ["a:1", "b:2"] };
        Assert.Equal(["a:1", "b:2"], one.Intersect(s_all).PermitOpen!);
        Assert.Equal(["b:2"], one.Intersect(s_all with { PermitOpen = ["b:2", "c:3"] }).PermitOpen!);
        Assert.Empty(one.Intersect(s_all with { PermitOpen = ["c:3"] }).PermitOpen!);
    }
}
