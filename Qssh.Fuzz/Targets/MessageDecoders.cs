using Qssh.Wire;
using Qssh.Wire.Messages.Auth;
using Qssh.Wire.Messages.Connection;
using Qssh.Wire.Messages.Transport;

namespace Qssh.Fuzz.Targets;

/// <summary>Message types by who sends them and when (docs/protocol.md, section 3).</summary>
internal static class MessageDecoders
{
    private const int None = -1;

    public static int FromClient(ReadOnlySpan<byte> message, Span<byte> output) => message[0] switch
    {
        ClientHello.MessageType => Write(ClientHello.ReadMessage(message), output),
        QkdKey.MessageType => Write(QkdKey.ReadMessage(message), output),
        ClientFinished.MessageType => Write(ClientFinished.ReadMessage(message), output),
        UserAuth.MessageType => Write(UserAuth.ReadMessage(message), output),
        Attach.MessageType => Write(Attach.ReadMessage(message), output),
        _ => None,
    };

    public static int FromServer(ReadOnlySpan<byte> message, Span<byte> output) => message[0] switch
    {
        HelloRetry.MessageType => Write(HelloRetry.ReadMessage(message), output),
        ServerHello.MessageType => Write(ServerHello.ReadMessage(message), output),
        ServerParams.MessageType => Write(ServerParams.ReadMessage(message), output),
        ServerIdentity.MessageType => Write(ServerIdentity.ReadMessage(message), output),
        ServerProof.MessageType => Write(ServerProof.ReadMessage(message), output),
        ServerFinished.MessageType => Write(ServerFinished.ReadMessage(message), output),
        AuthResult.MessageType => Write(AuthResult.ReadMessage(message), output),
        AttachResult.MessageType => Write(AttachResult.ReadMessage(message), output),
        _ => None,
    };

    /// <summary>Control messages and the connection layer; both sides send all of them.</summary>
    public static int OfSession(ReadOnlySpan<byte> message, Span<byte> output) => message[0] switch
    {
        RekeyInit.MessageType => Write(RekeyInit.ReadMessage(message), output),
        RekeyReply.MessageType => Write(RekeyReply.ReadMessage(message), output),
        KeySwitch.MessageType => Write(KeySwitch.ReadMessage(message), output),
        Acknowledge.MessageType => Write(Acknowledge.ReadMessage(message), output),
        ChannelOpen.MessageType => Write(ChannelOpen.ReadMessage(message), output),
        ChannelAccept.MessageType => Write(ChannelAccept.ReadMessage(message), output),
        ChannelRefuse.MessageType => Write(ChannelRefuse.ReadMessage(message), output),
        ChannelData.MessageType => Write(ChannelData.ReadMessage(message), output),
        ChannelExtendedData.MessageType => Write(ChannelExtendedData.ReadMessage(message), output),
        ChannelWindow.MessageType => Write(ChannelWindow.ReadMessage(message), output),
        ChannelEof.MessageType => Write(ChannelEof.ReadMessage(message), output),
        ChannelClose.MessageType => Write(ChannelClose.ReadMessage(message), output),
        RequestReply.MessageType => Write(RequestReply.ReadMessage(message), output),
        CompressionOffer.MessageType => Write(CompressionOffer.ReadMessage(message), output),
        CompressionChoice.MessageType => Write(CompressionChoice.ReadMessage(message), output),
        ChannelCompressed.MessageType => Write(ChannelCompressed.ReadMessage(message), output),
        _ => OfRequests(message, output),
    };

    private static int OfRequests(ReadOnlySpan<byte> message, Span<byte> output) => message[0] switch
    {
        PtyRequest.MessageType => Write(PtyRequest.ReadMessage(message), output),
        ShellRequest.MessageType => Write(ShellRequest.ReadMessage(message), output),
        ExecRequest.MessageType => Write(ExecRequest.ReadMessage(message), output),
        CommandPart.MessageType => Write(CommandPart.ReadMessage(message), output),
        SubsystemRequest.MessageType => Write(SubsystemRequest.ReadMessage(message), output),
        EnvRequest.MessageType => Write(EnvRequest.ReadMessage(message), output),
        WindowChange.MessageType => Write(WindowChange.ReadMessage(message), output),
        SignalRequest.MessageType => Write(SignalRequest.ReadMessage(message), output),
        BreakRequest.MessageType => Write(BreakRequest.ReadMessage(message), output),
        ExitStatus.MessageType => Write(ExitStatus.ReadMessage(message), output),
        ExitSignal.MessageType => Write(ExitSignal.ReadMessage(message), output),
        Ping.MessageType => Write(Ping.ReadMessage(message), output),
        Pong.MessageType => Write(Pong.ReadMessage(message), output),
        HostKeyRequest.MessageType => Write(HostKeyRequest.ReadMessage(message), output),
        HostKeyList.MessageType => Write(HostKeyList.ReadMessage(message), output),
        HostKeyProof.MessageType => Write(HostKeyProof.ReadMessage(message), output),
        _ => None,
    };

    private static int Write<T>(T message, Span<byte> output)
        where T : IWireMessage, allows ref struct
    {
        FuzzException.ThrowIf(message.Size != output.Length, "size differs from what was read");
        var writer = new WireWriter(output);
        message.Write(ref writer);
        return writer.Position;
    }
}
