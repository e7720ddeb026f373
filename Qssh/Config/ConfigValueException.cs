namespace Qssh.Config;

/// <summary>A fault in one line. The reader adds file and line and turns it into a <see cref="Errors.FailureException"/>.</summary>
internal sealed class ConfigValueException(string message) : Exception(message);
