namespace Qssh.Wire.Messages.Auth;

/// <summary>Ways to authenticate a user (docs/protocol.md, section 3, SA).</summary>
[Flags]
internal enum AuthMethods : byte
{
    None = 0,
    PublicKey = 1,
    Certificate = 2,
    Password = 4,

    /// <summary>The early secret of the handshake stands for the user.</summary>
    Bound = 8,
}
