using System.Text;
using Qssh.Platform;
using Qssh.Platform.Native;
using Xunit;
using static Qssh.Platform.TerminalFlags;

namespace Qssh.Tests.Platform;

[Collection(nameof(ProcessWide))]
public sealed class TerminalTests
{
    private static TerminalSettings Settings(int fd)
    {
        Assert.True(TerminalSettings.TryGet(fd, out TerminalSettings settings));
        return settings;
    }

    private static byte[] Modes(in TerminalSettings settings)
    {
        Span<byte> modes = stackalloc byte[TerminalModes.MaxSize];
        return modes[..TerminalModes.Encode(settings, modes)].ToArray();
    }

    private static void Run(Func<Reactor, ValueTask> body)
    {
        using var reactor = new Reactor();
        reactor.Run(async () =>
        {
            await body(reactor);
            return 0;
        });
    }

    [Fact]
    public void Raw_mode_is_entered_left_and_entered_again()
    {
        using PseudoTerminal pty = PseudoTerminal.Open();
        int fd = pty.Slave.Value;
        byte[] before = Modes(Settings(fd));
        RawTerminal raw = RawTerminal.Enter(fd)!;
        TerminalSettings inside = Settings(fd);
        Assert.Equal(0u, inside.Local & (ISIG | ICANON | ECHO | IEXTEN));
        Assert.Equal(0u, inside.Output & OPOST);
        Assert.Equal(0u, inside.Input & (ICRNL | IXON));
        Assert.Equal(1, inside.Character(VMIN));
        Assert.Equal(before, Modes(raw.Original));

        raw.Suspend();
        Assert.Equal(before, Modes(Settings(fd)));
        raw.Resume();
        Assert.Equal(Modes(inside), Modes(Settings(fd)));

        TerminalRestorer.RestoreAll();
        Assert.Equal(before, Modes(Settings(fd)));
        raw.Resume();
        raw.Dispose();
        raw.Dispose();
        Assert.Equal(before, Modes(Settings(fd)));
    }

    [Fact]
    public void What_is_no_terminal_has_no_raw_mode_and_no_size()
    {
        using OwnedFd file = Descriptor.Open("/dev/null", Libc.O_RDWR, 0, out _)!;
        Assert.Null(RawTerminal.Enter(file.Value));
        Assert.Null(WindowSize.Of(file.Value));
        Assert.False(Descriptor.IsTerminal(file.Value));
    }

    [Fact]
    public void Modes_travel_from_one_terminal_to_another()
    {
        using PseudoTerminal here = PseudoTerminal.Open();
        using PseudoTerminal there = PseudoTerminal.Open();
        TerminalSettings settings = Settings(here.Slave.Value);
        settings.Input ^= IUTF8 | IXON | IXANY;
        settings.Local ^= ECHO | TOSTOP | ECHOCTL;
        settings.Output ^= ONLCR;
        settings.SetCharacter(VINTR, 7);
        settings.SetCharacter(VEOL2, Disabled);
        settings.Control = (settings.Control & ~(CBAUD | CSIZE)) | 0x1002 | CS7; // 115200, 7 bits
        Assert.Equal(0, settings.Set(here.Slave.Value, SettingsMoment.Now));
        byte[] modes = Modes(Settings(here.Slave.Value));
        Assert.NotEqual(modes, Modes(Settings(there.Slave.Value)));
        there.ApplyModes(modes);
        // A pseudo-terminal has 8 bits whatever it is told (pty.c of the kernel).
        Assert.Equal(Modes(Settings(here.Slave.Value)), Modes(Settings(there.Slave.Value)));
        Assert.Equal(115200u, Find(modes, 129));
        Assert.Equal(7u, Find(modes, 1));
        Assert.Equal(255u, Find(modes, 7));
    }

    [Fact]
    public void Odd_modes_of_a_peer_do_no_harm()
    {
        using PseudoTerminal pty = PseudoTerminal.Open();
        TerminalSettings settings = Settings(pty.Slave.Value);
        byte[] before = Modes(settings);
        foreach (string hex in new[] { "", "00", "01", "0100", "0B00000001", "1300000001", "4100000001", "6300000001", "A000000001", "FF00000001", "A00100000003", "8100000000", "81FFFFFFFF", "000100000003" })
            TerminalModes.Apply(Convert.FromHexString(hex), ref settings);
        Assert.Equal(before, Modes(settings));
        TerminalModes.Apply(Convert.FromHexString("01000001FF"), ref settings);
        Assert.Equal(Disabled, settings.Character(VINTR));
        var random = new Random(5);
        byte[] noise = new byte[500];
        for (int i = 0; i < 1000; i++)
        {
            random.NextBytes(noise);
            TerminalModes.Apply(noise, ref settings);
        }
    }

    [Fact]
    public void Window_sizes_are_set_and_cut()
    {
        using PseudoTerminal pty = PseudoTerminal.Open();
        pty.Resize(new WindowSize(132, 43, 1000, 700));
        Assert.Equal(new WindowSize(132, 43, 1000, 700), WindowSize.Of(pty.Slave.Value));
        pty.Resize(new WindowSize(1_000_000, -5));
        Assert.Equal(new WindowSize(65535, 0), WindowSize.Of(pty.Slave.Value));
    }

    [Fact]
    public void The_slave_belongs_to_the_user()
    {
        Assert.SkipUnless(UserIdentity.IsRoot, "only root gives terminals away");
        using PseudoTerminal pty = PseudoTerminal.Open();
        pty.SetOwner(65534, 65534, 5);
        Assert.Equal(0, FileStatus.OfPath(pty.Name, true, out FileStatus status));
        Assert.Equal((65534u, 5u, 0x190u), (status.Uid, status.Gid, status.Mode));
        pty.SetOwner(65534, 100, null);
        Assert.Equal(0, FileStatus.OfPath(pty.Name, true, out status));
        Assert.Equal((65534u, 100u, 0x180u), (status.Uid, status.Gid, status.Mode));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Questions_show_or_hide_the_answer(bool echo) => Run(async reactor =>
    {
        using PseudoTerminal pty = PseudoTerminal.Open();
        Descriptor.SetNonBlocking(pty.Slave.Value, true);
        byte[] before = Modes(Settings(pty.Slave.Value));
        byte[] answer = new byte[10];
        Task<int> ask = ControllingTerminal.AskOnAsync(pty.Slave.Value, "Word: ", echo, answer).AsTask();
        string shown = "";
        byte[] buffer = new byte[100];
        using FdWatch watch = reactor.Watch(pty.Master.Value);
        async ValueTask ReadUntil(string end)
        {
            while (!shown.EndsWith(end))
            {
                await watch.ReadableAsync();
                IoResult read = Descriptor.Read(pty.Master.Value, buffer);
                shown += Encoding.ASCII.GetString(buffer, 0, read.Count);
            }
        }
        await ReadUntil("Word: ");
        Descriptor.Write(pty.Master.Value, "wrong\x15s3cr\u007Fet\nrest\n"u8);
        Assert.Equal(5, await ask);
        Assert.Equal("s3cet", Encoding.ASCII.GetString(answer, 0, 5));
        await reactor.DelayAsync(TimeSpan.FromMilliseconds(5));
        Assert.Equal(before, Modes(Settings(pty.Slave.Value)));
        Assert.Equal(echo, (await Rest()).Contains("s3c"));

        async ValueTask<string> Rest()
        {
            if (echo)
                await ReadUntil("rest\r\n");
            else
                await ReadUntil("\r\n");
            return shown;
        }
    });

    [Fact]
    public void A_terminal_as_standard_stream_keeps_its_flags() => Run(async reactor =>
    {
        using PseudoTerminal pty = PseudoTerminal.Open();
        int flags = Libc.FileControl(pty.Slave.Value, Libc.F_GETFL, 0);
        using StandardStream stream = StandardStream.Open(pty.Slave.Value);
        Assert.True(stream.IsTerminal);
        Assert.True(stream.Read(new byte[10]).WouldBlock);
        Assert.Equal(flags, Libc.FileControl(pty.Slave.Value, Libc.F_GETFL, 0));
        Descriptor.Write(pty.Master.Value, "line\n"u8);
        Assert.True(await stream.ReadableAsync());
        Assert.Equal(5, stream.Read(new byte[10]).Count);
        Assert.True(await stream.WriteAllAsync("x"u8.ToArray()));
    });

    private static uint Find(byte[] modes, byte opcode)
    {
        for (int i = 0; i + 5 <= modes.Length; i += 5)
        {
            if (modes[i] == opcode)
                return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(modes.AsSpan(i + 1));
        }
        throw new KeyNotFoundException();
    }
}
