namespace Qssh.Fuzz;

/// <summary>
/// One parser or state machine that takes hostile bytes. A new one is a class in Targets/, a line in <see cref="FuzzTargets"/>, and seeds in
/// Corpora/NAME/; words that it compares with can stand in Dictionaries/NAME.dict.
/// </summary>
internal interface IFuzzTarget
{
    /// <summary>Lower case with dashes; also the name of its folder of seeds.</summary>
    public string Name { get; }

    /// <summary>Longest input worth trying.</summary>
    public int MaxLength => 4096;

    /// <summary>Feeds one input. Same input, same behaviour: no clock, no randomness, nothing kept from the last call.</summary>
    public void Run(ReadOnlySpan<byte> input);

    /// <summary>Hostile bytes are meant to end in this; any other exception is a finding.</summary>
    public bool IsExpected(Exception exception) => exception is Errors.ProtocolException;
}
