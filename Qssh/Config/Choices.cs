namespace Qssh.Config;

internal enum AddressFamily : byte { Any, Inet, Inet6 }

/// <summary>The zero value asks: what is not configured is never trusted.</summary>
internal enum HostKeyChecking : byte { Ask, Yes, AcceptNew, No }

/// <summary>Whether keys of a known host are learned and forgotten inside a session.</summary>
internal enum HostKeyUpdates : byte { No, Yes, Ask }

internal enum TtyRequest : byte { Auto, No, Yes, Force }

internal enum Canonicalization : byte { No, Yes, Always }

internal enum SessionKind : byte { Default, None, Subsystem }

internal enum LogVerbosity : byte { Quiet, Fatal, Error, Info, Verbose, Debug1, Debug2, Debug3 }

/// <summary>Facilities of the system's log; the values are those of RFC 3164, section 4.1.1.</summary>
internal enum SyslogFacility : byte
{
    User = 1,
    Daemon = 3,
    Auth = 4,
    AuthPriv = 10,
    Local0 = 16,
    Local1,
    Local2,
    Local3,
    Local4,
    Local5,
    Local6,
    Local7,
}

/// <summary>Root by key only, unless said otherwise.</summary>
internal enum RootLogin : byte { ProhibitPassword, No, ForcedCommandsOnly, Yes }
