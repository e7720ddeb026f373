using Qssh.Schedule;

namespace Qssh.Handshake;

/// <summary>What a host key signs to be learned inside a session (docs/protocol.md, section 6): this session, this host, and the key itself.</summary>
internal static class HostKeyAnnouncement
{
    private const byte Server = 2;

    /// <summary>label ‖ 00 ‖ 02 ‖ scheme u8 ‖ session id 32 ‖ H_CF ‖ H_SI ‖ host id 32 ‖ key.</summary>
    /// <param name="key">Of the length that the scheme fixes, so that nothing else can be read into the bytes.</param>
    public static byte[] Build(SessionBinding binding, byte scheme, ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> label = Labels.Proof.HostKey;
        byte[] output = new byte[label.Length + 3 + SessionBinding.Size + key.Length];
        label.CopyTo(output);
        Span<byte> rest = output.AsSpan(label.Length);
        rest[0] = 0;
        rest[1] = Server;
        rest[2] = scheme;
        binding.Bytes.CopyTo(rest[3..]);
        key.CopyTo(rest[(3 + SessionBinding.Size)..]);
        return output;
    }
}
