using Qssh.Handshake;
using Qssh.Schedule;
using Qssh.Wire;
using Qssh.Wire.Messages.Auth;

namespace Qssh.Auth;

/// <summary>
/// UA2: what a user's key signs (docs/protocol.md, section 6): label ‖ 00 ‖ 01 ‖ method u8 ‖ session id 32 ‖ H_CF ‖ H_SI ‖ host id 32 ‖
/// attempt u8 ‖ user b8 ‖ service b8 ‖ credential b16. It holds for one session, host, user, method and attempt.
/// </summary>
internal static class UserProof
{
    private const byte Client = 1;

    public static byte[] Build(
        SessionBinding binding, AuthMethods method, int attempt, ReadOnlySpan<byte> user, ReadOnlySpan<byte> service, ReadOnlySpan<byte> credential)
    {
        ReadOnlySpan<byte> label = Labels.Proof.User;
        byte[] signed = new byte[label.Length + 3 + SessionBinding.Size + 1 + 1 + user.Length + 1 + service.Length + 2 + credential.Length];
        scoped WireWriter writer = new(signed);
        writer.WriteBytes(label);
        writer.WriteU8(0);
        writer.WriteU8(Client);
        writer.WriteU8((byte)method);
        writer.WriteBytes(binding.Bytes);
        writer.WriteU8(checked((byte)attempt));
        writer.WriteByteString8(user);
        writer.WriteByteString8(service);
        writer.WriteByteString16(credential);
        return signed;
    }
}
