using System.Buffers.Binary;
using System.Text;
using Qssh.Files;
using Qssh.Sftp;
using Qssh.Sftp.Client;
using Qssh.Tests.Support;
using Xunit;
using static Qssh.Tests.Sftp.Client.ScriptedSftpServer;

namespace Qssh.Tests.Sftp.Client;

/// <summary>Files and directories of one copy live on the handles that the server has told of.</summary>
public sealed class HandleLimitTests : IDisposable
{
    private const int Width = 30;

    private readonly TempDirectory _directory = new();
    private readonly HashSet<uint> _open = [];
    private readonly HashSet<uint> _listed = [];
    private readonly HashSet<uint> _top = [];
    private int _most;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(2u)]
    [InlineData(5u)]
    [InlineData(20u)]
    [InlineData(120u)]
    [InlineData(100_000u)]
    public void No_more_are_open_than_the_server_has(uint handles)
    {
        OnReactor.Run(async () =>
        {
            ScriptedSftpServer server = new()
            {
                Answer = (type, id, body) => Answer(type, id, body, handles),
                Extensions = [.. Text("limits@openssh.com"), .. Text("1")],
            };
            SftpClient client = new(server.Session);
            await client.StartAsync();
            await new Downloader(client, new TransferOptions { Recursive = true }, new TransferReport(Assert.Fail)).CopyAsync("there", _directory["target"]);
        });
        Assert.Equal(Width * Width, Directory.GetFiles(_directory["target"], "*", SearchOption.AllDirectories).Length);
        Assert.InRange(_most, (int)Math.Min(handles / 4, 200), (int)handles);
        Assert.InRange(_most, 1, 257 + 64);
    }

    private byte[]? Answer(SftpPacketType type, uint id, byte[] body, uint handles)
    {
        switch (type)
        {
            case SftpPacketType.Extended:
                return Packet(SftpPacketType.ExtendedReply, id, [.. Enumerable.Repeat(new byte[8], 3), [0, 0, 0, 0, .. U32(handles)]]);
            case SftpPacketType.PathStatus:
                return AttributesReply(id, 0x41ED, 0);
            case SftpPacketType.RealPath:
                return Names(id, "/there");
            case SftpPacketType.OpenDirectory or SftpPacketType.Open:
                _open.Add(id);
                _most = Math.Max(_most, _open.Count);
                if (Encoding.ASCII.GetString(body, 4, body.Length - 4) == "there")
                    _top.Add(id);
                return Packet(SftpPacketType.Handle, id, U32(4), U32(id));
            case SftpPacketType.Close:
                Assert.True(_open.Remove(HandleOf(body)));
                return Status(id, SftpStatus.Ok);
            case SftpPacketType.ReadDirectory when _listed.Add(HandleOf(body)):
                return Entries(id, _top.Contains(HandleOf(body)));
            default:
                return Status(id, SftpStatus.EndOfFile);
        }
    }

    private static byte[] Entries(uint id, bool areDirectories) => Packet(SftpPacketType.Name, id, [U32(Width), .. Enumerable.Range(0, Width).SelectMany(i =>
        (byte[][])[Text($"n{i}"), Text(""), Attributes(areDirectories ? 0x41EDu : 0x81A4, 0)])]);

    private static uint HandleOf(byte[] body) => BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(4));
}
