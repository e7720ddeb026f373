namespace Qssh.Wire;

/// <summary>What every declared message can do, so that one method can send them all. Implemented by the generator.</summary>
internal interface IWireMessage
{
    /// <summary>Bytes of the whole message, header included.</summary>
    public int Size { get; }

    public void Write(scoped ref WireWriter writer);
}
