namespace Qssh.Handshake;

/// <summary>What a server does with a hello; a refusal is an exception with its alert.</summary>
internal enum HelloDecision : byte
{
    /// <summary>CreateHelloRetry, then wait for a second hello.</summary>
    SendRetry,

    /// <summary>CreateServerHello and the rest of the flight.</summary>
    SendFlight,
}
