namespace Qssh.Record;

/// <summary>How one direction cuts its bytes at present (docs/protocol.md, section 2).</summary>
internal enum RecordLayout : byte
{
    /// <summary>Clear frames of 768 bytes: hellos, and alerts before keys.</summary>
    Clear = 0,

    /// <summary>Sealed frames of 768 bytes.</summary>
    Frames = 1,

    /// <summary>T1 after AuthResult: <c>u16 n ‖ sealed header and payload ‖ tag</c>, n = inner + 16, inner ≤ 16,384.</summary>
    Variable = 2,
}
