namespace Qssh.Wire;

/// <summary>A part of a message whose size never varies, so that a list of it needs a count only. Implemented by the generator.</summary>
internal interface IWireRecord<TSelf>
    where TSelf : IWireRecord<TSelf>, allows ref struct
{
    public static abstract int RecordSize { get; }

    public static abstract TSelf ReadRecord(ReadOnlySpan<byte> bytes);
}
