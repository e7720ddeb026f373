namespace Qssh.Files.Legacy;

/// <summary>A copy over the old protocol cannot go on. Why was told to the report already.</summary>
internal sealed class LegacyEndException : Exception;
