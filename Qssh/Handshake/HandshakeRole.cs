namespace Qssh.Handshake;

/// <summary>Which end of the connection; the number is the one that enters T of CH-KEM and H_rk.</summary>
internal enum HandshakeRole : byte
{
    Client = 1,
    Server = 2,
}
