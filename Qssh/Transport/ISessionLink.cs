namespace Qssh.Transport;

/// <summary>What the multiplexer needs of the connection below it; in tests also a pair joined in memory.</summary>
internal interface ISessionLink
{
    /// <summary>Bytes that channel data may take now. Not more than zero: wait for <see cref="ILinkReceiver.OnDrained"/>.</summary>
    public int Room { get; }

    /// <summary>Milliseconds, as measured in the handshake; at least 1.</summary>
    public int RoundTrip { get; }

    /// <summary>Adds bytes of whole messages to the session stream; they leave at the end of the present turn of the reactor.</summary>
    public void Write(ReadOnlySpan<byte> messages);
}

/// <summary>The upper half of a link. Every method runs on the connection's reactor thread.</summary>
internal interface ILinkReceiver
{
    /// <summary>Bytes of the session stream, in order; a view that ends with the call.</summary>
    public void OnSessionBytes(ReadOnlySpan<byte> bytes);

    /// <summary>There is room again after it had run out.</summary>
    public void OnDrained();

    /// <summary>The peer was silent for an interval of the keep-alive: ask it something it must answer.</summary>
    public void OnSilence();

    /// <summary>The connection is over: cleanly with null, else with the reason. Called once.</summary>
    public void OnClosed(Exception? reason);
}
