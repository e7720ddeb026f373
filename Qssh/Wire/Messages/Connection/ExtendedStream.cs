namespace Qssh.Wire.Messages.Connection;

/// <summary>Streams of a channel beside its data.</summary>
internal enum ExtendedStream : byte
{
    StandardError = 1,
}
