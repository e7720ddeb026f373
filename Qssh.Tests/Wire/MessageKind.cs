using Qssh.Wire;

namespace Qssh.Tests.Wire;

/// <summary>One kind of message as the contract tests need it: they run the same checks on every one.</summary>
/// <param name="Reserialize">Reads a message and writes what was read.</param>
/// <param name="Sample">Writes a valid message.</param>
/// <param name="Layout">A message with known values, and the bytes that it must have.</param>
/// <param name="TakesRest">Ends with bytes that have no length of their own, so that a shorter message can be valid.</param>
public sealed record MessageKind(
    string Name,
    byte Type,
    Func<byte[], byte[]> Reserialize,
    Func<object, byte[]> Sample,
    (Func<byte[]> Write, string Hex) Layout,
    bool TakesRest = false)
{
    internal byte[] SampleFrom(byte[] entropy) => Sample(new Sampler(entropy));

    /// <summary>A message around a body that may be anything.</summary>
    internal static byte[] Wrap(byte type, ReadOnlySpan<byte> body)
    {
        var message = new byte[MessageHeader.Size + body.Length];
        var writer = new WireWriter(message);
        writer.WriteHeader(type, body.Length);
        writer.WriteBytes(body);
        return message;
    }

    public override string ToString() => Name;
}
