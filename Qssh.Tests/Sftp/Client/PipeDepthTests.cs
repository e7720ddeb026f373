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
        _depth.OnFirst(_now, isAlone: true);
        _now += roundTrip;
        _depth.OnAnswer(_now);
    }

    private void Drain(long after)
    {
        _now += after;
        _depth.OnAnswer(_now);
        Assert.False(_depth.HasRoom(Piece));
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
        Drain(60 * Millisecond);
        Assert.True(_depth.HasRoom(0));

        // It has become longer; that is believed when it is seen again.
        _depth.OnFirst(_now, isAlone: true);
        Assert.False(_depth.HasRoom(Piece));
        _now += 100 * Millisecond;
        _depth.OnAnswer(_now);
        Assert.Equal(PipeDepth.Most, _depth.Bytes);
        Assert.True(_depth.HasRoom(Piece));
        Drain(60 * Millisecond);
        Look(100 * Millisecond);
        _now += 5000 * Millisecond;
        _depth.OnAnswer(_now);
        Assert.True(_depth.HasRoom(Piece));
    }

    [Theory]
    [InlineData(15 * Millisecond)]
    [InlineData(39 * Millisecond)]
    public void Slow_start_is_not_taken_for_a_long_line(long start)
    {
        Look(start);
        Assert.Equal(PipeDepth.Most, _depth.Bytes);
        Drain(60 * Millisecond);
        Look(200 * Microsecond);
        Assert.Equal(PipeDepth.Least + 250_000, _depth.Bytes);
    }

    [Fact]
    public void Long_line_that_was_none_is_noticed_between_two_files()
    {
        Look(100 * Millisecond);
        _now += 3000 * Millisecond;
        _depth.OnFirst(_now, isAlone: false);
        _now += 200 * Microsecond;
        _depth.OnAnswer(_now);
        Assert.Equal(PipeDepth.Most, _depth.Bytes);
        Look(200 * Microsecond);
        Assert.Equal(PipeDepth.Least + 250_000, _depth.Bytes);
    }

    [Fact]
    public void Nothing_is_learnt_behind_other_requests()
    {
        Look(200 * Microsecond);
        Drain(60 * Millisecond);
        _depth.OnFirst(_now, isAlone: false);
        Assert.True(_depth.HasRoom(Piece));
        _now += 20 * Millisecond;
        _depth.OnAnswer(_now);
        Assert.Equal(PipeDepth.Least + 250_000, _depth.Bytes);
    }

    [Fact]
    public void One_answer_that_never_comes_holds_nothing_for_long()
    {
        Look(200 * Microsecond);
        Drain(60 * Millisecond);
        _depth.StopDraining(_now);
        Assert.True(_depth.HasRoom(Piece));
        _now += 900 * Millisecond;
        _depth.OnAnswer(_now);
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
