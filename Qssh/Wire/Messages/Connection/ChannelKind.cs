namespace Qssh.Wire.Messages.Connection;

/// <summary>What a channel is opened for. A kind that is not known is answered with <see cref="ChannelRefusal.UnknownKind"/>.</summary>
internal enum ChannelKind : byte
{
    Session = 1,
    DirectTcp = 2,
    ForwardedTcp = 3,
    DirectUnix = 4,
    ForwardedUnix = 5,
    X11 = 6,
    Agent = 7,
    Tunnel = 8,
}
