namespace Qssh.Mux;

/// <summary>The two streams of channel data.</summary>
internal enum DataStream : byte
{
    Plain = 0,
    StandardError = 1,
}
