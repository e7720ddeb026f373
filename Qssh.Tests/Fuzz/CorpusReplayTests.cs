using Qssh.Fuzz;
using Qssh.Fuzz.Replay;
using Xunit;

namespace Qssh.Tests.Fuzz;

/// <summary>Every stored input of every fuzz target, and changes of it, without a fuzzer: a fixed finding stays fixed.</summary>
public sealed class CorpusReplayTests
{
    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(t => t.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Stored_inputs_are_read_or_refused(string name)
    {
        IFuzzTarget target = FuzzTargets.Find(name)!;
        int files = CorpusReplay.Files(target).Count();
        Assert.True(files > 0, $"Qssh.Fuzz/Corpora/{name} has no seeds");
        Assert.Equal(files * (CorpusReplay.DefaultMutations + 1), CorpusReplay.Run(target));
    }

    [Fact]
    public void Names_are_unique() => Assert.Distinct(FuzzTargets.All.Select(t => t.Name));

    [Fact]
    public void Every_folder_of_seeds_has_its_target() =>
        Assert.All(Directory.EnumerateDirectories(CorpusReplay.Corpora), folder => Assert.NotNull(FuzzTargets.Find(Path.GetFileName(folder))));

    [Fact]
    public void What_a_target_does_not_expect_is_a_finding()
    {
        Assert.Throws<InvalidOperationException>(() => FuzzTargets.Run(new BrokenTarget(), [1]));
        FuzzTargets.Run(new BrokenTarget(), []);
    }

    [Fact]
    public void Mutations_repeat_and_respect_the_limit()
    {
        byte[] input = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
        for (int seed = 0; seed < 500; seed++)
        {
            byte[] changed = InputMutator.Mutate(input, seed, 100);
            Assert.Equal(changed, InputMutator.Mutate(input, seed, 100));
            Assert.True(changed.Length <= 100);
        }
    }

    private sealed class BrokenTarget : IFuzzTarget
    {
        public string Name => "broken";

        public void Run(ReadOnlySpan<byte> input)
        {
            if (!input.IsEmpty)
                throw new InvalidOperationException();
        }
    }
}
