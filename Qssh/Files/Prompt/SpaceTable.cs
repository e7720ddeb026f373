using Qssh.Sftp;

namespace Qssh.Files.Prompt;

/// <summary>What <c>df</c> shows, laid out as OpenSSH does.</summary>
internal static class SpaceTable
{
    public static string Of(in SftpFileSystem system, bool human, bool inodes)
    {
        if (inodes)
        {
            ulong used = system.Files - system.FreeFiles;
            return $"     Inodes        Used       Avail      (root)    %Capacity\n{system.Files,11} {used,11} {system.AvailableFiles,11} {system.FreeFiles,11} {Share(used, system.Files),11}%\n";
        }

        ulong unit = Math.Max(system.FragmentSize, 1), taken = system.Blocks - system.FreeBlocks;
        if (human)
        {
            return "    Size     Used    Avail   (root)    %Capacity\n"
                + $"{Amount(system.Blocks * unit),8} {Amount(taken * unit),8} {Amount(system.AvailableBlocks * unit),8} {Amount(system.FreeBlocks * unit),8} {Share(taken, system.Blocks),11}%\n";
        }

        return "        Size         Used        Avail       (root)    %Capacity\n"
            + $"{Kilo(system.Blocks, unit),12} {Kilo(taken, unit),12} {Kilo(system.AvailableBlocks, unit),12} {Kilo(system.FreeBlocks, unit),12} {Share(taken, system.Blocks),11}%\n";
    }

    private static ulong Kilo(ulong blocks, ulong unit) => unit >= 1024 ? blocks * (unit / 1024) : blocks / 1024 * unit;

    private static int Share(ulong part, ulong whole) => whole == 0 ? 0 : (int)(100.0 * part / whole);

    private static string Amount(ulong bytes) => ListingFormat.Amount(bytes);
}
