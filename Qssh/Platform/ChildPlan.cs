using System.Buffers.Binary;
using Qssh.Errors;
using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>A resource limit to set before the drop; a soft value above the hard one is cut to it.</summary>
internal readonly record struct LimitPlan(int Resource, ulong Soft, ulong Hard);

/// <summary>
/// What a session child is to become. It travels in a memory file, not in arguments, which every user of the machine can read.
/// Layout: fields in the order of <see cref="Write"/>; numbers u32 big-endian, texts u32 length + UTF-8, lists u32 count + items.
/// </summary>
internal sealed record ChildPlan
{
    /// <summary>Larger than any plan: 128 KiB of command, the environment and some.</summary>
    private const int MaxSize = 4 * 1024 * 1024;

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>Supplementary groups; ignored when we are not root.</summary>
    public IReadOnlyList<uint> Groups { get; init; } = [];

    public required string UserName { get; init; }

    /// <summary>Working directory.</summary>
    public required string Home { get; init; }

    /// <summary>What is executed, by absolute path: the user's shell, or our own program for a subsystem.</summary>
    public required string Program { get; init; }

    /// <summary>With argv[0].</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment, "NAME=value".</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>Descriptor 0 is a pseudo-terminal slave that becomes the controlling terminal.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>A file shown before the program starts, unless the user has a .hushlogin; empty: none.</summary>
    public string Greeting { get; init; } = "";

    /// <summary>Instead of executing anything: signal this process group, with the user's rights. 0: execute.</summary>
    public int SignalGroup { get; init; }

    public int Signal { get; init; }

    public uint FileModeMask { get; init; } = 0x12; // 022

    /// <summary>By default what login programs give: the runtime raised its own limit of open files, and select(2) breaks above 1024.</summary>
    public IReadOnlyList<LimitPlan> Limits { get; init; } = [new LimitPlan(Libc.RLIMIT_NOFILE, 1024, ulong.MaxValue)];

    /// <summary>A login shell: argv[0] with a minus, which makes it read the profile.</summary>
    public static IReadOnlyList<string> LoginShell(string shell) => ["-" + Path.GetFileName(shell)];

    /// <summary>A command, through the user's shell.</summary>
    public static IReadOnlyList<string> ShellCommand(string shell, string command) => [Path.GetFileName(shell), "-c", command];

    /// <summary>Puts the plan in a memory file positioned at its start, for the child to inherit.</summary>
    public unsafe OwnedFd ToMemoryFile()
    {
        byte[] content = Write();
        int fd;
        fixed (byte* name = NativeText.Of("session"))
            fd = Libc.MemoryFile(name, Libc.MFD_CLOEXEC);
        if (fd < 0)
            throw new FailureException("cannot make a memory file: " + Errno.Text(Errno.Last));

        var file = new OwnedFd(fd);
        ReadOnlySpan<byte> left = content;
        while (!left.IsEmpty)
        {
            IoResult written = Descriptor.Write(fd, left);
            if (!written.IsOk)
            {
                file.Dispose();
                throw new FailureException("cannot write a memory file: " + written.ErrorText);
            }
            left = left[written.Count..];
        }
        Libc.Seek(fd, 0, 0);
        return file;
    }

    public static ChildPlan FromFile(int fd)
    {
        var content = new MemoryStream();
        byte[] chunk = new byte[16384];
        while (Descriptor.Read(fd, chunk) is { IsOk: true, Count: > 0 } read && content.Length < MaxSize)
            content.Write(chunk, 0, read.Count);
        return Read(content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    internal byte[] Write()
    {
        var content = new MemoryStream();
        Number(content, Uid);
        Number(content, Gid);
        Number(content, (uint)Groups.Count);
        foreach (uint group in Groups)
            Number(content, group);
        foreach (string text in (ReadOnlySpan<string>)[UserName, Home, Program, Greeting])
            Text(content, text);
        Texts(content, Arguments);
        Texts(content, Environment);
        Number(content, HasTerminal ? 1u : 0);
        Number(content, FileModeMask);
        Number(content, (uint)SignalGroup);
        Number(content, (uint)Signal);
        Number(content, (uint)Limits.Count);
        foreach (LimitPlan limit in Limits)
        {
            Number(content, (uint)limit.Resource);
            foreach (ulong value in (ReadOnlySpan<ulong>)[limit.Soft, limit.Hard])
            {
                Number(content, (uint)(value >> 32));
                Number(content, (uint)value);
            }
        }
        return content.ToArray();
    }

    internal static ChildPlan Read(ReadOnlySpan<byte> content)
    {
        uint uid = Number(ref content), gid = Number(ref content);
        var groups = new uint[Count(ref content)];
        for (int i = 0; i < groups.Length; i++)
            groups[i] = Number(ref content);
        string user = Text(ref content), home = Text(ref content), program = Text(ref content), greeting = Text(ref content);
        string[] arguments = Texts(ref content), environment = Texts(ref content);
        bool terminal = Number(ref content) != 0;
        uint mask = Number(ref content);
        int group = (int)Number(ref content), signal = (int)Number(ref content);
        var limits = new LimitPlan[Count(ref content)];
        for (int i = 0; i < limits.Length; i++)
            limits[i] = new LimitPlan((int)Number(ref content), Wide(ref content), Wide(ref content));
        if (!content.IsEmpty)
            throw Malformed();

        return new ChildPlan
        {
            Uid = uid,
            Gid = gid,
            Groups = groups,
            UserName = user,
            Home = home,
            Program = program,
            Arguments = arguments,
            Environment = environment,
            HasTerminal = terminal,
            Greeting = greeting,
            SignalGroup = group,
            Signal = signal,
            FileModeMask = mask,
            Limits = limits,
        };
    }

    private static FailureException Malformed() => new("the session plan is malformed", SessionChild.Failure);

    private static void Number(MemoryStream content, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        content.Write(bytes);
    }

    private static void Text(MemoryStream content, string text)
    {
        byte[] bytes = ByteText.ToBytes(text);
        Number(content, (uint)bytes.Length);
        content.Write(bytes);
    }

    private static void Texts(MemoryStream content, IReadOnlyList<string> texts)
    {
        Number(content, (uint)texts.Count);
        foreach (string text in texts)
            Text(content, text);
    }

    private static uint Number(ref ReadOnlySpan<byte> content)
    {
        if (content.Length < 4)
            throw Malformed();
        uint value = BinaryPrimitives.ReadUInt32BigEndian(content);
        content = content[4..];
        return value;
    }

    private static ulong Wide(ref ReadOnlySpan<byte> content) => ((ulong)Number(ref content) << 32) | Number(ref content);

    /// <summary>A count of items of at least four bytes each, so that it cannot ask for more memory than the plan has.</summary>
    private static int Count(ref ReadOnlySpan<byte> content)
    {
        uint count = Number(ref content);
        return count <= content.Length / 4 ? (int)count : throw Malformed();
    }

    private static string Text(ref ReadOnlySpan<byte> content)
    {
        uint length = Number(ref content);
        if (length > content.Length)
            throw Malformed();
        string text = ByteText.From(content[..(int)length]);
        content = content[(int)length..];
        return text;
    }

    private static string[] Texts(ref ReadOnlySpan<byte> content)
    {
        var texts = new string[Count(ref content)];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = Text(ref content);
        return texts;
    }
}
