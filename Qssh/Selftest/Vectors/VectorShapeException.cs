namespace Qssh.Selftest.Vectors;

/// <summary>A file of a shape that we do not know: the message says what is missing or wrong. Told with the file, and no failure of a primitive.</summary>
internal sealed class VectorShapeException(string message) : Exception(message);
