using System.Text;
using Microsoft.Extensions.Logging;
using Qssh.Platform;
using Qssh.Sftp;
using Qssh.Sftp.Server;
using Qssh.Telemetry.Log;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Sftp;

/// <summary>Writes the fields of a request behind its id.</summary>
internal delegate void WriteFields(ref SftpWriter writer);

/// <summary>A reply: its type, and the fields behind its id.</summary>
internal sealed record SftpReply(SftpPacketType Type, byte[] Fields)
{
    public SftpReader Reader => new(Fields);

    public SftpStatus Status
    {
        get
        {
            Assert.Equal(SftpPacketType.Status, Type);
            return (SftpStatus)Reader.U32();
        }
    }

    public string StatusText
    {
        get
        {
            SftpReader reader = Reader;
            _ = reader.U32();
            return Encoding.UTF8.GetString(reader.ByteString(1000, "text"));
        }
    }

    public byte[] Handle => Bytes(SftpPacketType.Handle);

    public byte[] Data => Bytes(SftpPacketType.Data);

    public SftpAttributes Attributes
    {
        get
        {
            Assert.Equal(SftpPacketType.Attributes, Type);
            return Reader.Attributes();
        }
    }

    public (string File, string Long)[] Names
    {
        get
        {
            Assert.Equal(SftpPacketType.Name, Type);
            List<(string, string)> names = [];
            SftpNameList list = new(Reader);
            while (list.TryNext(out SftpName name))
                names.Add((ByteText.From(name.FileName), ByteText.From(name.LongName)));
            return [.. names];
        }
    }

    private byte[] Bytes(SftpPacketType type)
    {
        Assert.True(type == Type, $"{Type} instead of {type}: {Convert.ToHexString(Fields)}");
        return Reader.ByteString(SftpLimits.Data, "bytes").ToArray();
    }
}

/// <summary>A client that says exactly what a test wants, to a server that answers one packet at a time.</summary>
internal abstract class SftpExchange : IDisposable
{
    private uint _id = 100;

    public SftpReply Init(uint version = 3)
    {
        SftpWriter writer = new(new byte[64]);
        writer.Begin(SftpPacketType.Init, version);
        writer.End();
        return Read(Transfer(writer.Written.ToArray()), null);
    }

    public SftpReply Send(SftpPacketType type, WriteFields fields)
    {
        SftpWriter writer = new(new byte[SftpLimits.Packet + 64]);
        writer.Begin(type, ++_id);
        fields(ref writer);
        writer.End();
        return Read(Transfer(writer.Written.ToArray()), _id);
    }

    public SftpReply Send(SftpPacketType type, params string[] paths) => Send(type, (ref SftpWriter w) =>
    {
        foreach (string path in paths)
            w.Text(path);
    });

    public SftpReply Extended(string name, params string[] paths) => Send(SftpPacketType.Extended, [name, .. paths]);

    public SftpReply Open(string path, SftpOpenFlags flags, uint? mode = null) => Send(SftpPacketType.Open, (ref SftpWriter w) =>
    {
        w.Text(path);
        w.U32((uint)flags);
        w.Attributes(mode is { } bits ? new SftpAttributes { Flags = SftpAttributeFlags.Permissions, Permissions = bits } : default);
    });

    public SftpReply Close(byte[] handle) => Send(SftpPacketType.Close, (ref SftpWriter w) => w.ByteString(handle));

    public SftpReply Read(byte[] handle, ulong offset, uint length) => Send(SftpPacketType.Read, (ref SftpWriter w) =>
    {
        w.ByteString(handle);
        w.U64(offset);
        w.U32(length);
    });

    public SftpReply Write(byte[] handle, ulong offset, byte[] data) => Send(SftpPacketType.Write, (ref SftpWriter w) =>
    {
        w.ByteString(handle);
        w.U64(offset);
        w.ByteString(data);
    });

    public SftpReply Set(string path, SftpAttributes attributes, SftpPacketType type = SftpPacketType.SetStatus) => Send(type, (ref SftpWriter w) =>
    {
        w.Text(path);
        w.Attributes(attributes);
    });

    public SftpReply Copy(byte[] source, ulong from, ulong length, byte[] target, ulong to) => Send(SftpPacketType.Extended, (ref SftpWriter w) =>
    {
        w.Text("copy-data");
        w.ByteString(source);
        w.U64(from);
        w.U64(length);
        w.ByteString(target);
        w.U64(to);
    });

    /// <summary>All names of a directory, in any order.</summary>
    public List<(string File, string Long)> List(string path)
    {
        byte[] handle = Send(SftpPacketType.OpenDirectory, path).Handle;
        List<(string, string)> names = [];
        SftpReply reply;
        while ((reply = Send(SftpPacketType.ReadDirectory, (ref SftpWriter w) => w.ByteString(handle))).Type == SftpPacketType.Name)
        {
            Assert.True(reply.Fields.Length < 34000, "old clients take packets of 34000 bytes");
            Assert.NotEmpty(reply.Names);
            names.AddRange(reply.Names);
        }

        Assert.Equal(SftpStatus.EndOfFile, reply.Status);
        Assert.Equal(SftpStatus.Ok, Close(handle).Status);
        return names;
    }

    /// <summary>A whole packet in, the whole packet that answers it out.</summary>
    public abstract byte[] Transfer(byte[] packet);

    public abstract void Dispose();

    private static SftpReply Read(byte[] packet, uint? id)
    {
        Assert.True(SftpFrame.TryRead(packet, out ReadOnlySpan<byte> content));
        Assert.Equal(packet.Length, content.Length + SftpFrame.LengthSize);
        SftpReader reader = new(content);
        SftpPacketType type = reader.Type();
        uint answered = reader.U32();
        if (id is { } asked)
            Assert.Equal(asked, answered);
        return new SftpReply(type, reader.Remaining.ToArray());
    }
}

/// <summary>The server's answers without a process around them, in a directory of its own.</summary>
internal sealed class InMemorySftp : SftpExchange
{
    private readonly SftpResponder _responder;
    private readonly FileTree _files;
    private readonly byte[] _output = new byte[SftpResponder.MaxReply];

    public InMemorySftp(bool isReadOnly = false, string? denied = null, string? allowed = null, bool isRooted = false, string start = "")
    {
        _files = isRooted ? FileTree.Rooted(Directory.Path, ByteText.ToBytes(start)) : new FileTree();
        LineLogger log = new("sftp-server", () => LogLevel.Debug, LogFormat.Bare, (_, line) => Log.Add(line), TimeProvider.System);
        _responder = new SftpResponder(_files, new RequestPolicy(isReadOnly, denied, allowed), Accounts.System.FindOwn(), log);
        Version = Init();
    }

    public TempDirectory Directory { get; } = new();

    public List<string> Log { get; } = [];

    public SftpReply Version { get; }

    public string this[string name] => Directory[name];

    public override byte[] Transfer(byte[] packet)
    {
        SftpWriter writer = new(_output);
        _responder.Answer(packet.AsSpan(SftpFrame.LengthSize), ref writer);
        return writer.Written.ToArray();
    }

    public override void Dispose()
    {
        _responder.Dispose();
        _files.Dispose();
        Directory.Dispose();
    }
}

/// <summary>A server that has not been told the version.</summary>
internal sealed class ClosedSftp : SftpExchange
{
    private readonly SftpResponder _responder = new(
        new FileTree(), new RequestPolicy(false, null, null), Accounts.System.FindOwn(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

    public override byte[] Transfer(byte[] packet)
    {
        SftpWriter writer = new(new byte[SftpResponder.MaxReply]);
        _responder.Answer(packet.AsSpan(SftpFrame.LengthSize), ref writer);
        return writer.Written.ToArray();
    }

    public override void Dispose() => _responder.Dispose();
}
