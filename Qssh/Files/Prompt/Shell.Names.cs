using System.Globalization;
using Qssh.Errors;
using Qssh.Platform;
using Qssh.Sftp;
using Qssh.Sftp.Client;

namespace Qssh.Files.Prompt;

/// <summary>Commands about names on the server.</summary>
internal sealed partial class Shell
{
    private async ValueTask ChangeDirectoryAsync(CommandLine line)
    {
        string path = line.Operands.Count == 0 ? _home : await ResolveOneAsync(line);
        if (await _client.FindAsync(path) is not { } found)
            throw new FailureException($"Can't change directory: {TransferReport.Quote(path)}: No such file or directory", 1);
        path = (await _client.RealPathAsync(path)).Name;
        SftpAttributes attributes = found.Attributes;
        if (!attributes.HasPermissions)
            throw new FailureException("Can't change directory: Can't check target", 1);
        if (!SftpClient.IsDirectory(attributes))
            throw new FailureException($"Can't change directory: {TransferReport.Quote(path)} is not a directory", 1);
        Directory = path;
    }

    /// <summary>A pattern that matches one name stands for it.</summary>
    private async ValueTask<string> ResolveOneAsync(CommandLine line)
    {
        if (line.Pattern(0)!.StartsWith('~') || !GlobPattern.HasMagic(line.Pattern(0)!))
            return await ResolveAsync(line.Plain(0)!);
        List<string> found = await ExpandAsync(line.Pattern(0)!);
        return found.Count == 1 ? found[0] : throw new FailureException($"{Show(line.Plain(0)!)}: {(found.Count == 0 ? "not found" : "matches more than one name")}", 1);
    }

    private async ValueTask<List<string>> ExpandOrFailAsync(CommandLine line, int index)
    {
        List<string> found = await ExpandAsync(line.Pattern(index)!);
        return found.Count > 0 ? found : throw new FailureException($"File \"{Show(line.Plain(index)!)}\" not found.", 1);
    }

    private async ValueTask RemoveAsync(CommandLine line)
    {
        for (int i = 0; i < line.Operands.Count; i++)
        {
            foreach (string path in await ExpandOrFailAsync(line, i))
            {
                Tell($"Removing {Show(path)}");
                await TryAsync("remote delete", path, _client.RemoveAsync(path));
            }
        }
    }

    private async ValueTask DirectoryAsync(CommandLine line)
    {
        string path = await ResolveAsync(line.Plain(0)!);
        bool makes = line.Name.Equals("mkdir", StringComparison.OrdinalIgnoreCase);
        await TryAsync(makes ? "remote mkdir" : "remote rmdir", path, makes ? _client.MakeDirectoryAsync(path) : _client.RemoveDirectoryAsync(path));
    }

    private ValueTask RenameAsync(CommandLine line)
    {
        string from = Absolute(line.Plain(0)!), to = Absolute(line.Plain(1)!);
        return TryAsync($"remote rename {TransferReport.Quote(from)} to", to, _client.RenameAsync(from, to, replace: !line.Has('l')));
    }

    private async ValueTask LinkAsync(CommandLine line)
    {
        string from = line.Plain(0)!, to = await ResolveAsync(line.Plain(1)!);
        if (line.Name.Equals("symlink", StringComparison.OrdinalIgnoreCase) || line.Has('s'))
            await TryAsync("remote symlink", to, _client.SymbolicLinkAsync(from, to));
        else
            await TryAsync("remote link", to, _client.HardLinkAsync(await ResolveAsync(from), to));
    }

    private async ValueTask ChangeAsync(CommandLine line)
    {
        string name = line.Name.ToLowerInvariant();
        bool isMode = name == "chmod";
        if (!TryNumber(line.Plain(0)!, isMode ? 8 : 10, isMode ? 0xFFFu : uint.MaxValue, out uint value))
            throw new FailureException($"You must supply a numeric argument to the {name} command.", 1);
        foreach (string path in await ExpandOrFailAsync(line, 1))
        {
            if (_report.IsCancelled)
                break;
            Tell(name switch { "chmod" => "Changing mode on ", "chown" => "Changing owner on ", _ => "Changing group on " } + Show(path));
            await TryAsync("remote setstat", path, _client.SetStatusAsync(path, await AttributesAsync(name, path, value, !line.Has('h')), !line.Has('h')));
        }
    }

    /// <summary>Owner and group travel together: the other one stays as it is.</summary>
    private async ValueTask<SftpFacts> AttributesAsync(string command, string path, uint value, bool follow)
    {
        if (command == "chmod")
            return new SftpFacts(new SftpAttributes { Flags = SftpAttributeFlags.Permissions, Permissions = value });
        SftpAttributes present = (await _client.StatusAsync(path, follow)).Attributes;
        if (!present.HasOwner)
            throw new FailureException($"Can't get current ownership of remote file {TransferReport.Quote(path)}", 1);
        return new SftpFacts(new SftpAttributes
        {
            Flags = SftpAttributeFlags.Owner,
            Uid = command == "chown" ? value : present.Uid,
            Gid = command == "chown" ? present.Gid : value,
        });
    }

    private async ValueTask CopyAsync(CommandLine line)
    {
        string from = await ResolveAsync(line.Plain(0)!), to = await ResolveAsync(line.Plain(1)!);
        if (await _client.IsDirectoryAsync(to))
            to = LocalFiles.Join(to, LocalFiles.NameOf(from));
        SftpAttributes attributes = (await _client.StatusAsync(from)).Attributes;
        if (SftpClient.KindOf(attributes) != FileKind.Regular)
            throw new FailureException($"Cannot copy non-regular file: {Show(from)}", 1);
        byte[] reading = (await _client.OpenAsync(from, SftpOpenFlags.Read)).Handle;
        try
        {
            byte[] writing = (await _client.OpenAsync(to, SftpOpenFlags.Write | SftpOpenFlags.Create | SftpOpenFlags.Truncate, attributes.Permissions & 0x1FF)).Handle;
            await TryAsync("copy to", to, _client.CopyDataAsync(reading, writing));
            await _client.CloseAsync(writing);
        }
        finally
        {
            _client.CloseLater(reading);
        }
    }

    private async ValueTask ShowSpaceAsync(CommandLine line)
    {
        string path = line.Operands.Count == 0 ? Directory : await ResolveOneAsync(line);
        SftpReply reply = await _client.FileSystemAsync(path);
        SftpReader reader = new(reply.Body);
        StandardStreams.WriteOutput(SpaceTable.Of(SftpFileSystem.Read(ref reader), line.Has('h'), line.Has('i')));
    }

    private async ValueTask ShowStatusAsync(CommandLine line)
    {
        string path = await ResolveAsync(line.Plain(0)!);
        SftpAttributes attributes = (await _client.StatusAsync(path, follow: false)).Attributes;
        Say($"{Show(path)}: {attributes.Size} bytes, mode {Convert.ToString(attributes.Permissions & 0xFFF, 8)}, owner {attributes.Uid}:{attributes.Gid}, "
            + $"accessed {ListingFormat.Time(attributes.Accessed)}, modified {ListingFormat.Time(attributes.Modified)}");
    }

    private async ValueTask TryAsync(string step, string path, ValueTask<SftpReply> asked)
    {
        try
        {
            await asked;
        }
        catch (SftpException refusal)
        {
            _report.Fail($"{step} {TransferReport.Quote(path)}: {refusal.Message}");
        }
    }

    private static bool TryNumber(string text, int radix, uint most, out uint value)
    {
        value = 0;
        if (radix == 10)
            return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        foreach (char c in text)
        {
            if (c is < '0' or > '7' || (value = value * 8 + (uint)(c - '0')) > most)
                return false;
        }

        return text.Length > 0;
    }
}
