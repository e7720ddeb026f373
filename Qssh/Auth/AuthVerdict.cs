namespace Qssh.Auth;

/// <summary>The server's judgement of one attempt. The zero value denies.</summary>
internal enum AuthVerdict : byte
{
    Denied = 0,

    /// <summary>This factor is verified, another is wanted.</summary>
    Partial = 1,

    Granted = 2,
}
