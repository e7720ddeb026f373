using Qssh.Platform.Native;

namespace Qssh.Platform;

/// <summary>posix_spawn(3): the only way from this runtime to another program, as fork would copy a process whose threads are gone.</summary>
internal static unsafe class Spawner
{
    /// <returns>0 and the process id, or the error number.</returns>
    public static int Start(SpawnRequest request, out int pid)
    {
        // A source below the target range could be overwritten before it is copied: such ones are moved out of the way first.
        var moved = new List<OwnedFd>();
        byte* actions = stackalloc byte[Libc.SpawnTypeSize];
        byte* attributes = stackalloc byte[Libc.SpawnTypeSize];
        Libc.SpawnActionsInit(actions);
        Libc.SpawnAttributesInit(attributes);
        try
        {
            AddDescriptors(actions, request.Descriptors, moved);
            ResetSignals(attributes, request.IsSparedInterrupt);
            using var argv = new NativeList(request.Arguments);
            using var environment = new NativeList(request.Environment);
            int child = 0, error;
            fixed (byte* path = NativeText.Of(request.Path))
                error = Libc.Spawn(&child, path, actions, attributes, argv.Pointer, environment.Pointer);
            pid = child;
            return error;
        }
        finally
        {
            Libc.SpawnActionsDestroy(actions);
            Libc.SpawnAttributesDestroy(attributes);
            foreach (OwnedFd descriptor in moved)
                descriptor.Dispose();
        }
    }

    private static void AddDescriptors(byte* actions, IReadOnlyList<int> descriptors, List<OwnedFd> moved)
    {
        int count = descriptors.Count;
        Span<int> sources = count <= 16 ? stackalloc int[count] : new int[count];
        for (int target = 0; target < count; target++)
        {
            sources[target] = descriptors[target];
            if (sources[target] >= count || sources[target] == target)
                continue;
            OwnedFd copy = Descriptor.Duplicate(sources[target], count);
            moved.Add(copy);
            sources[target] = copy.Value;
        }
        // dup2 to itself is how file actions clear close-on-exec.
        for (int target = 0; target < count; target++)
            Libc.SpawnActionsDuplicate(actions, sources[target], target);
        try
        {
            Libc.SpawnActionsCloseFrom(actions, count);
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library: ours are close-on-exec anyway, and a session child marks the rest before it executes.
        }
    }

    /// <summary>Ignored signals stay ignored through exec, and this runtime ignores SIGPIPE: a child starts with defaults and none blocked.</summary>
    private static void ResetSignals(byte* attributes, bool sparesInterrupt)
    {
        byte* set = stackalloc byte[Libc.SignalSetSize];
        Libc.SignalSetFill(set);
        Libc.SpawnAttributesDefaultSignals(attributes, set);
        Libc.SignalSetEmpty(set);
        if (sparesInterrupt)
            *set |= 1 << (SignalNumber.Interrupt - 1);
        Libc.SpawnAttributesSignalMask(attributes, set);
        Libc.SpawnAttributesFlags(attributes, Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK);
    }
}
