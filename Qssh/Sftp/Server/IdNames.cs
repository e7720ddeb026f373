using System.Globalization;
using System.Text;
using Qssh.Platform;

namespace Qssh.Sftp.Server;

/// <summary>Names of users and groups as listings show them, remembered, since each question reads a file.</summary>
internal sealed class IdNames
{
    /// <summary>Above it everything is forgotten: a client can ask for four billion.</summary>
    private const int Capacity = 4096;

    private readonly Dictionary<uint, byte[]> _users = [];
    private readonly Dictionary<uint, byte[]> _groups = [];

    /// <summary>Questions that had to read the file.</summary>
    public int Lookups { get; private set; }

    /// <summary>Empty: nobody.</summary>
    public byte[] User(uint id) => Remember(_users, id, static id => Accounts.System.FindByUid(id)?.Name);

    /// <summary>Empty: no such group.</summary>
    public byte[] Group(uint id) => Remember(_groups, id, static id => Accounts.System.NamesOfGroups([id]) is [var name, ..] ? name : null);

    public bool KnowsUser(uint id) => _users.ContainsKey(id);

    public bool KnowsGroup(uint id) => _groups.ContainsKey(id);

    /// <summary>The number itself where there is no name.</summary>
    public static ReadOnlySpan<byte> OrNumber(byte[] name, uint id, Span<byte> buffer)
    {
        if (name.Length > 0)
            return name;
        id.TryFormat(buffer, out int length, default, CultureInfo.InvariantCulture);
        return buffer[..length];
    }

    private byte[] Remember(Dictionary<uint, byte[]> names, uint id, Func<uint, string?> find)
    {
        if (names.TryGetValue(id, out byte[]? name))
            return name;
        if (names.Count == Capacity)
            names.Clear();
        Lookups++;
        return names[id] = find(id) is { } found ? Encoding.UTF8.GetBytes(found) : [];
    }
}
