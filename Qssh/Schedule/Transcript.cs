using Qssh.Crypto.Hashes;

namespace Qssh.Schedule;

/// <summary>
/// The running hash of all handshake messages (docs/protocol.md, section 4): type, length, body as in the clear, no frame bytes.
/// A value type: a step works on a copy and commits it only when everything in the message has been verified.
/// </summary>
internal struct Transcript
{
    /// <summary>Stands in for the first hello after a retry: FE, the length of H, H.</summary>
    private static ReadOnlySpan<byte> RetryHead => [0xFE, 0x00, Kdf.HashSize];

    private Keccak _sponge;

    private Transcript(Keccak sponge) => _sponge = sponge;

    public static Transcript Start() => new(Kdf.StartHash(Labels.Hash.Transcript));

    /// <summary>The head after a HelloRetry, so that a server without state can rebuild it from the cookie.</summary>
    /// <param name="firstHello">H_X with X the first ClientHello.</param>
    public static Transcript StartAfterRetry(ReadOnlySpan<byte> firstHello, ReadOnlySpan<byte> helloRetry)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstHello.Length, Kdf.HashSize);
        Transcript transcript = Start();
        transcript.Append(RetryHead);
        transcript.Append(firstHello);
        transcript.Append(helloRetry);
        return transcript;
    }

    /// <summary>H_X of a transcript that consists of one message.</summary>
    public static void HashOne(ReadOnlySpan<byte> message, Span<byte> output) => Kdf.Hash(Labels.Hash.Transcript, message, output);

    public void Append(ReadOnlySpan<byte> message) => _sponge.Absorb(message);

    /// <summary>H_X, X being the last message appended; the transcript goes on.</summary>
    public readonly void Point(Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, Kdf.HashSize);
        Keccak copy = _sponge;
        copy.Squeeze(output);
    }
}
