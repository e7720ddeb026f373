namespace Qssh.Lab.Timing;

/// <summary>
/// One comparison: slots of inputs, each of one of two classes, and what is run on a slot. Both classes have equally many objects and
/// buffers, so that caches see no difference.
/// </summary>
/// <param name="Name">As printed.</param>
/// <param name="Classes">What the classes are.</param>
/// <param name="Samples">Measurements in a run.</param>
/// <param name="Repeats">Calls in a measurement, for what is shorter than reading the clock.</param>
/// <param name="Prepare">Called once; gets the number of slots, odd ones being of the second class.</param>
internal sealed record TimingTest(string Name, string Classes, int Samples, int Repeats, Func<int, Action<int>> Prepare);
