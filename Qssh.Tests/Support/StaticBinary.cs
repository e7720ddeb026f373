using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Xunit;

namespace Qssh.Tests.Support;

/// <summary>The published static executable. scripts/test builds it and names it in QSSH_BINARY.</summary>
internal static class StaticBinary
{
    private static readonly string? s_named = Environment.GetEnvironmentVariable("QSSH_BINARY");

    public static string Path => s_named ?? throw new InvalidOperationException("QSSH_BINARY is not set");

    /// <summary>Why a test cannot run here; null: it can.</summary>
    public static string? Missing(string? programs, bool root) =>
        s_named is null ? "QSSH_BINARY does not name the static executable: run scripts/test"
        : root && !Environment.IsPrivilegedProcess ? "only root can change to another user or root directory"
        : programs?.Split(' ').Select(MissingProgram).FirstOrDefault(reason => reason is not null);

    /// <summary>Whether an ELF file (64 bits) names no loader, so that it runs where there are no libraries.</summary>
    public static bool IsStatic(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int table = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(32)); // e_phoff
        int size = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(54)), count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(56));
        return Enumerable.Range(0, count).All(i => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(table + i * size)) != 3); // PT_INTERP
    }

    /// <summary>A program on PATH, or in the administrator's directories, which are not always on it.</summary>
    public static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':')
            .Select(directory => System.IO.Path.Combine(directory, program)).FirstOrDefault(File.Exists);

    /// <summary>"static:name" asks for one without libraries.</summary>
    private static string? MissingProgram(string need)
    {
        string name = need[(need.IndexOf(':') + 1)..];
        return Find(name) is not { } path ? $"{name} is not installed"
            : name != need && !IsStatic(path) ? $"{path} is not a static executable"
            : null;
    }
}

/// <summary>A test of the static executable; one that cannot run here is skipped under its name, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BinaryFactAttribute : FactAttribute
{
    /// <param name="needs">Programs that have to be there, with a blank between them; "static:name" if it must need no library.</param>
    /// <param name="root">Whether it takes root.</param>
    public BinaryFactAttribute(
        string? needs = null, bool root = false, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = StaticBinary.Missing(needs, root);
}

/// <inheritdoc cref="BinaryFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BinaryTheoryAttribute : TheoryAttribute
{
    public BinaryTheoryAttribute(
        string? needs = null, bool root = false, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = StaticBinary.Missing(needs, root);
}
