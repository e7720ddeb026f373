namespace Qssh.Wire.Messages.Connection;

/// <summary>Why a channel was not opened.</summary>
internal enum ChannelRefusal : byte
{
    Prohibited = 1,
    ConnectFailed = 2,
    UnknownKind = 3,
    Limit = 4,
}
