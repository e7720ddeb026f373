using System.Diagnostics.CodeAnalysis;
using Qssh.Errors;

namespace Qssh.Wire;

/// <summary>Every way in which bytes of the peer can fail to be a message. All of them are alert 1.</summary>
internal static class WireFault
{
    [DoesNotReturn]
    public static void Truncated(string field) => ProtocolException.Throw($"{field}: too few bytes");

    [DoesNotReturn]
    public static void TrailingBytes(string message) => ProtocolException.Throw($"{message}: trailing bytes");

    [DoesNotReturn]
    public static void Length(string field) => ProtocolException.Throw($"{field}: length outside its limits");

    [DoesNotReturn]
    public static void Value(string field) => ProtocolException.Throw($"{field}: value not allowed");

    [DoesNotReturn]
    public static void Order(string field) => ProtocolException.Throw($"{field}: out of order");

    [DoesNotReturn]
    public static void Rule(string reason) => ProtocolException.Throw(reason);

    /// <summary>Our own side asked for a message that cannot be written.</summary>
    [DoesNotReturn]
    public static void Unwritable(string field) => throw new ArgumentException($"{field}: length outside its limits");
}
