using System.Net;

namespace Qssh.Config;

/// <summary>What lines of the configuration may ask of this machine. Nothing is asked before a line needs it.</summary>
internal interface ILocalMachine
{
    /// <summary>With its domain, where it has one.</summary>
    public string HostName { get; }

    public uint UserId { get; }

    /// <summary>Addresses of the interfaces that are up.</summary>
    public List<IPAddress> Addresses { get; }

    /// <summary>A name of fixed length for a text of any.</summary>
    public string Digest(string text);

    /// <summary>Whether the user's shell runs the command with status 0.</summary>
    public bool Succeeds(string command);

    /// <summary>Whether the name has an address.</summary>
    public bool Resolves(string host);
}
