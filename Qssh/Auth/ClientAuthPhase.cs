using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Record;
using Qssh.Transport;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Auth;

/// <summary>UA1 to AR3 over a connection: one attempt per signer until one is taken or none is left.</summary>
internal sealed class ClientAuthPhase(RecordConnection connection, ClientAuthentication authentication)
{
    private readonly byte[] _buffer = new byte[HandshakeLimits.Flight];

    /// <param name="first">Beginning of the session stream; the server uses it only with success.</param>
    public async ValueTask<AuthStatus> TryAsync(ISigner signer, PublicKey key, ReadOnlyMemory<byte> first)
    {
        byte[] signature = await signer.SignAsync(authentication.BytesToSign(key));
        int length = authentication.CreateUserAuth(key, signature, first.Span, _buffer);
        connection.Writer.Append(FrameKind.Auth, _buffer.AsSpan(0, length));
        int frames = Frame.CountSealed(length);
        connection.Writer.Pad(FrameKind.Auth, frames, PaddingClass.ForUserAuth(frames));
        await connection.FlushAsync();

        using FlightReader reader = new(connection, FrameKind.Auth, HandshakeLimits.SingleFrame, 1);
        byte[] answer = await reader.ReadAsync();
        await reader.ReadPaddingAsync(1);
        return authentication.ConsumeAuthResult(answer);
    }
}
