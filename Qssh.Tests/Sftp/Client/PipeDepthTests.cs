using Qssh.Sftp.Client;
using Xunit;

namespace Qssh.Tests.Sftp.Client;

/// <summary>As much on its way as the line is long, in nanoseconds of a clock that the test turns.</summary>
public sealed class PipeDepthTests
{
    private const long Microsecond = 1_000;
    private const long Millisecond = 1_000_000;
    private const int Piece = BulkQueue.UsualPiece;

    private readonly PipeDepth _depth = new();
    private long _now = 12_345;

    /// <summary>One request alone, and its answer.</summary>
    private void Look(long roundTrip)
    {
        _depth.OnFirst(_now);
        _now += roundTrip;
        _depth.OnAnswer(_now);
    }

    [Theory]
    [InlineData(0, PipeDepth.Least)]
    [InlineData(200 * Microsecond, PipeDepth.Least + 250_000)]
    [InlineData(5 * Millisecond, PipeDepth.Least + 6_250_000)]
    [InlineData(20 * Millisecond, PipeDepth.Most)]
    [InlineData(3_000_000 * Millisecond, PipeDepth.Most)]
    public void Is_what_a_fast_line_of_this_length_holds(long roundTrip, int bytes)
    {
        Assert.Equal(PipeDepth.Least, _depth.Bytes);
        Look(roundTrip);
        Assert.Equal(bytes, _depth.Bytes);
    }

    [Fact]
    public void Answers_of_a_full_line_say_nothing()
    {
        Look(200 * Microsecond);
        int bytes = _depth.Bytes;
        for (int i = 0; i < 10; i++)
        {
            _now += 4 * Millisecond;
            _depth.OnAnswer(_now);
        }

        Assert.Equal(bytes, _depth.Bytes);
    }

    [Fact]
    public void Short_line_is_looked_at_again_while_nothing_is_on_it()
    {
        Look(200 * Microsecond);
        _now += 60 * Millisecond;
        _depth.OnAnswer(_now);
        Assert.False(_depth.HasRoom(Piece));
        Assert.True(_depth.HasRoom(0));

        // It has become longer.
        _depth.OnFirst(_now);
        Assert.False(_depth.HasRoom(Piece));
        _now += 100 * Millisecond;
        _depth.OnAnswer(_now);
        Assert.Equal(PipeDepth.Most, _depth.Bytes);
        Assert.True(_depth.HasRoom(Piece));
    }

    [Fact]
    public void Later_looks_are_a_second_apart()
    {
        Look(200 * Microsecond);
        _now += 60 * Millisecond;
        _depth.OnAnswer(_now);
        Look(200 * Microsecond);
        _now += 900 * Millisecond;
        _depth.OnAnswer(_now);
        Assert.True(_depth.HasRoom(Piece));
        _now += 100 * Millisecond;
        _depth.OnAnswer(_now);
        Assert.False(_depth.HasRoom(Piece));
    }

    [Fact]
    public void Long_line_never_runs_dry_for_a_look()
    {
        Look(100 * Millisecond);
        for (int i = 0; i < 50; i++)
        {
            _now += 1000 * Millisecond;
            _depth.OnAnswer(_now);
            Assert.True(_depth.HasRoom(PipeDepth.Most - 1));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100 * Millisecond)]
    public void Full_line_takes_several_pieces_together(long roundTrip)
    {
        Look(roundTrip);
        int full = _depth.Bytes;
        Assert.False(_depth.HasRoom(full));
        Assert.False(_depth.HasRoom(full - Piece));
        Assert.False(_depth.HasRoom(full - (2 * Piece)));
        Assert.True(_depth.HasRoom(full - (4 * Piece)));
        Assert.True(_depth.HasRoom(full - 1));
    }
}
