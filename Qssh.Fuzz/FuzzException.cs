namespace Qssh.Fuzz;

/// <summary>A target found that a property does not hold.</summary>
internal sealed class FuzzException(string message) : Exception(message)
{
    public static void ThrowIf(bool broken, string message)
    {
        if (broken)
            throw new FuzzException(message);
    }
}
