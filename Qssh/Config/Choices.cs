namespace Qssh.Config;

internal enum AddressFamily : byte { Any, Inet, Inet6 }

/// <summary>The zero value asks: what is not configured is never trusted.</summary>
internal enum HostKeyChecking : byte { Ask, Yes, AcceptNew, No }

internal enum TtyRequest : byte { Auto, No, Yes, Force }

internal enum SessionKind : byte { Default, None, Subsystem }

internal enum LogVerbosity : byte { Quiet, Fatal, Error, Info, Verbose, Debug1, Debug2, Debug3 }

/// <summary>Root by key only, unless said otherwise.</summary>
internal enum RootLogin : byte { ProhibitPassword, No, ForcedCommandsOnly, Yes }
