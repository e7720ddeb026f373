namespace Qssh.Schedule;

/// <summary>
/// Every label of QSSH/1 (docs/protocol.md, sections 1, 4, 5 and 6), as a tree by the function that takes it. Nothing outside
/// this file spells a label, so that no two uses of one function can share one by accident.
/// </summary>
internal static class Labels
{
    /// <summary>Salt of the first <see cref="Mix"/>; 32 bytes.</summary>
    public static ReadOnlySpan<byte> Chain0 => "QSSH/1 chain\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"u8;

    /// <summary>First argument of H (section 1).</summary>
    internal static class Hash
    {
        public static ReadOnlySpan<byte> Transcript => "QSSH/1 transcript"u8;

        public static ReadOnlySpan<byte> Rekey => "QSSH/1 rekey"u8;

        public static ReadOnlySpan<byte> HostId => "QSSH/1 host id"u8;

        public static ReadOnlySpan<byte> Work => "QSSH/1 work"u8;
    }

    /// <summary>Labels of the chain (section 5).</summary>
    internal static class Mix
    {
        public static ReadOnlySpan<byte> Early => "QSSH/1 early"u8;

        public static ReadOnlySpan<byte> Handshake => "QSSH/1 handshake"u8;

        public static ReadOnlySpan<byte> Rekey => "QSSH/1 rekey"u8;

        public static ReadOnlySpan<byte> Master => "QSSH/1 master"u8;
    }

    /// <summary>Leaves and MACs, by the secret that they come from (section 5).</summary>
    internal static class Derive
    {
        public static ReadOnlySpan<byte> Cookie => "QSSH/1 cookie"u8;

        internal static class FromEarly
        {
            public static ReadOnlySpan<byte> BinderKey => "QSSH/1 binder key"u8;

            public static ReadOnlySpan<byte> Binder => "QSSH/1 binder"u8;
        }

        internal static class FromHandshake
        {
            public static ReadOnlySpan<byte> Client => "QSSH/1 client handshake"u8;

            public static ReadOnlySpan<byte> Server => "QSSH/1 server handshake"u8;

            public static ReadOnlySpan<byte> ClientFinishedKey => "QSSH/1 client finished key"u8;

            public static ReadOnlySpan<byte> ServerFinishedKey => "QSSH/1 server finished key"u8;

            public static ReadOnlySpan<byte> Finished => "QSSH/1 finished"u8;
        }

        internal static class FromMaster
        {
            public static ReadOnlySpan<byte> ClientTraffic => "QSSH/1 client traffic"u8;

            public static ReadOnlySpan<byte> ServerTraffic => "QSSH/1 server traffic"u8;

            public static ReadOnlySpan<byte> RekeyRoot => "QSSH/1 rekey root"u8;

            public static ReadOnlySpan<byte> SessionId => "QSSH/1 session id"u8;

            public static ReadOnlySpan<byte> ExporterRoot => "QSSH/1 exporter root"u8;

            public static ReadOnlySpan<byte> ResumptionRoot => "QSSH/1 resumption root"u8;

            public static ReadOnlySpan<byte> AttachSecret => "QSSH/1 attach secret"u8;

            public static ReadOnlySpan<byte> AttachHandle => "QSSH/1 attach handle"u8;
        }

        internal static class FromTraffic
        {
            public static ReadOnlySpan<byte> Ratchet => "QSSH/1 ratchet"u8;

            public static ReadOnlySpan<byte> FrameKey => "QSSH/1 frame key"u8;

            public static ReadOnlySpan<byte> FrameIv => "QSSH/1 frame iv"u8;
        }

        internal static class FromRoots
        {
            public static ReadOnlySpan<byte> Exporter => "QSSH/1 exporter"u8;

            public static ReadOnlySpan<byte> Ticket => "QSSH/1 ticket"u8;
        }

        internal static class FromPreSharedKey
        {
            public static ReadOnlySpan<byte> Import => "QSSH/1 psk import"u8;

            public static ReadOnlySpan<byte> Hint => "QSSH/1 psk hint"u8;
        }
    }

    /// <summary>First bytes of what long-term keys sign (section 6); a 00 follows.</summary>
    internal static class Proof
    {
        public static ReadOnlySpan<byte> Host => "QSSH/1 host proof"u8;

        public static ReadOnlySpan<byte> User => "QSSH/1 user proof"u8;

        public static ReadOnlySpan<byte> HostKey => "QSSH/1 host key announcement"u8;

        /// <summary>docs/formats.md, "Signature file".</summary>
        public static ReadOnlySpan<byte> File => "QSSH/1 file signature"u8;
    }
}
