using System.Buffers.Binary;
using System.Text;
using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Sftp.Server;

/// <summary>Requests about users: home directories, and names of numbers.</summary>
internal sealed partial class SftpResponder
{
    /// <summary>Names looked up for one request at most; what is beyond stays a number. Clients ask for those of a listing.</summary>
    private const int MaxLookups = 256;

    /// <summary>expand-path@openssh.com: like SSH_FXP_REALPATH, but "~" is a home directory.</summary>
    private void ExpandPath(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        ReadOnlySpan<byte> path = TakePath(ref reader, _first);
        if (path[0] != '~')
        {
            SendRealPath(id, path, ref reply);
            return;
        }

        int slash = path.IndexOf((byte)'/');
        ReadOnlySpan<byte> user = path[1..(slash < 0 ? path.Length - 1 : slash)], rest = slash < 0 ? "\0"u8 : path[slash..];
        byte[]? home = HomeOf(user);
        if (home is null)
            SendStatus(id, SftpStatus.NoSuchFile, ref reply);
        else if (home.Length + rest.Length > _first.Length)
            SendError(id, Platform.Native.Errno.NameTooLong, ref reply);
        else
            SendRealPath(id, (byte[])[.. home, .. rest], ref reply);
    }

    /// <summary>home-directory (draft-ietf-secsh-filexfer-extensions-00, section 6): of a user, or of the client's with an empty name.</summary>
    private void HomeDirectory(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        if (HomeOf(reader.Path("user")) is { } home)
            SendRealPath(id, (byte[])[.. home, 0], ref reply);
        else
            SendStatus(id, SftpStatus.NoSuchFile, ref reply);
    }

    /// <summary>With a root, where relative names start: there are no homes in it that we know of.</summary>
    private byte[]? HomeOf(ReadOnlySpan<byte> user)
    {
        if (files.IsRooted)
            return user.IsEmpty ? "."u8.ToArray() : null;
        UserAccount? found = user.IsEmpty ? account : Accounts.System.FindByName(Encoding.UTF8.GetString(user));
        return found is null ? null : ByteText.ToBytes(found.Home);
    }

    /// <summary>users-groups-by-id@openssh.com: two lists of numbers, two lists of names; an empty name where there is none.</summary>
    private void NamesOfIds(uint id, ref SftpReader reader, ref SftpWriter reply)
    {
        ReadOnlySpan<byte> users = reader.ByteString(SftpLimits.Packet, "uids"), groups = reader.ByteString(SftpLimits.Packet, "gids");
        if (users.Length % sizeof(uint) != 0 || groups.Length % sizeof(uint) != 0)
            ProtocolException.Throw("ids: not whole numbers");
        reply.Begin(SftpPacketType.ExtendedReply, id);
        int start = reply.Position;
        int budget = _names.Lookups + MaxLookups;
        if (WriteNames(users, forUsers: true, start, budget, ref reply) && WriteNames(groups, forUsers: false, start, budget, ref reply))
        {
            reply.End();
            return;
        }

        reply.Abandon();
        SendStatus(id, SftpStatus.Failure, ref reply);
    }

    /// <returns>False: the names are more than a packet holds.</returns>
    private bool WriteNames(scoped ReadOnlySpan<byte> ids, bool forUsers, int start, int budget, ref SftpWriter reply)
    {
        int place = reply.Position;
        reply.U32(0);
        for (; !ids.IsEmpty; ids = ids[sizeof(uint)..])
        {
            uint value = BinaryPrimitives.ReadUInt32BigEndian(ids);
            bool mayAsk = _names.Lookups < budget || (forUsers ? _names.KnowsUser(value) : _names.KnowsGroup(value));
            byte[] name = !mayAsk ? [] : forUsers ? _names.User(value) : _names.Group(value);
            if (reply.Position - start + 3 * sizeof(uint) + name.Length > SftpLimits.Data)
                return false;
            reply.ByteString(name);
        }

        reply.PatchU32(place, (uint)(reply.Position - place - sizeof(uint)));
        return true;
    }
}
