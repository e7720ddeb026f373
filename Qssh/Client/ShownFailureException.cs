namespace Qssh.Client;

/// <summary>The client gives up with lines that people and scripts know exactly so: shown without the program's name, and even with -q.</summary>
internal sealed class ShownFailureException(string message) : Exception(message);
