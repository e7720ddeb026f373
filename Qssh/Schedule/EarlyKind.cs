namespace Qssh.Schedule;

/// <summary>Which secret both sides had before the hello (option 03 of ClientHello); its number enters the schedule and SH.accepted.</summary>
internal enum EarlyKind : byte
{
    None = 0,
    Pin = 1,
    PreSharedKey = 2,
    Resume = 3,
    Attach = 4,
}
