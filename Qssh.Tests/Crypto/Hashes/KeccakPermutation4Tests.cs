using System.Runtime.Intrinsics;
using Qssh.Crypto.Hashes;
using Xunit;

namespace Qssh.Tests.Crypto.Hashes;

public sealed class KeccakPermutation4Tests
{
    [Fact]
    public void Four_states_at_once_are_four_states()
    {
        Assert.SkipUnless(KeccakPermutation4.IsSupported, "no AVX2");
        Random random = new(9);
        ulong[][] states = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 25).Select(_ => (ulong)random.NextInt64()).ToArray())];
        Vector256<ulong>[] state = [.. Enumerable.Range(0, 25).Select(i => Vector256.Create(states[0][i], states[1][i], states[2][i], states[3][i]))];
        for (int times = 0; times < 20; times++)
        {
            KeccakPermutation4.Permute(state);
            for (int lane = 0; lane < 4; lane++)
            {
                KeccakPermutation.Permute(states[lane]);
                Assert.Equal(states[lane], state.Select(vector => vector[lane]));
            }
        }
    }
}
