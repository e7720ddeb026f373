namespace Qssh.Crypto.Kem;

/// <summary>Which side encapsulates. CH-KEM binds it, so that a reflected share gives another secret.</summary>
internal enum EncapsulatorRole : byte
{
    Client = 1,
    Server = 2,
}
