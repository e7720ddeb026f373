using System.Runtime.Versioning;

// Everything below talks to the kernel's own interfaces: the analyzer need not ask about other systems.
[assembly: SupportedOSPlatform("linux")]
