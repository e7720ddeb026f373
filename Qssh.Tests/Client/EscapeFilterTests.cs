using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Client;

namespace Qssh.Tests.Client;

public sealed class EscapeFilterTests
{
    /// <summary>Input in pieces, separated by '|'; commands show up between braces where they ran.</summary>
    [Theory]
    [InlineData("ls\r", "ls\r")]
    [InlineData("~.", "{Disconnect}")]
    [InlineData("~|.", "{Disconnect}")]
    [InlineData("ls\r~.", "{Disconnect}ls\r")]
    [InlineData("ls\r|~|.", "ls\r{Disconnect}")]
    [InlineData("ls\n~?x", "{Help}ls\nx")]
    [InlineData("~~", "~")]
    [InlineData("~|~", "~")]
    [InlineData("~~.", "~.")]
    [InlineData("a~.", "a~.")]
    [InlineData("~x", "~x")]
    [InlineData("~|x", "~x")]
    [InlineData("~|xyz\r~|.", "~xyz\r{Disconnect}")]
    [InlineData("~\r~.", "{Disconnect}~\r")]
    [InlineData("~I~R~#", "{Information}{Rekey}{List}")]
    [InlineData("~\u001a", "{Suspend}")]
    [InlineData("~B~V~v~&~C", "{Break}{LessVerbose}{MoreVerbose}{Unsupported}{Unsupported}")]
    [InlineData("~b", "~b")]
    [InlineData("~", "")]
    public void Escapes_are_taken_out_at_the_start_of_a_line_only(string pieces, string expected) => Assert.Equal(expected, Run((byte)'~', pieces.Split('|')));

    [Fact]
    public void Another_escape_character_leaves_the_tilde_alone() => Assert.Equal("~.{Disconnect}", Run(0x1D, "~", ".", "\r\u001d.")[..^1].Replace("\r", ""));

    [Fact]
    public void How_input_is_cut_changes_nothing()
    {
        Gen<byte[]> typed = Gen.Elements("ab~.?\r\n~xI\0\u00ff".Select(c => (byte)c).ToArray()).ArrayOf();
        Prop.ForAll(typed.ToArbitrary(), input =>
        {
            string whole = Sent((byte)'~', [input]);
            string single = Sent((byte)'~', [.. input.Select(b => new[] { b })]);
            return whole == single;
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Without an escape at a line's start every byte passes.</summary>
    [Fact]
    public void Other_input_is_binary_clean()
    {
        byte[] all = [(byte)'x', .. Enumerable.Range(0, 256).Select(i => (byte)i)];
        byte[] copy = [.. all];
        int kept = new EscapeFilter((byte)'~', new Recorder()).Filter(copy);
        Assert.Equal(all, copy[..kept]);
    }

    private static string Run(byte escape, params string[] pieces)
    {
        Recorder recorder = new();
        EscapeFilter filter = new(escape, recorder);
        foreach (string piece in pieces)
        {
            byte[] input = Encoding.Latin1.GetBytes(piece);
            int kept = filter.Filter(input);
            recorder.Text.Append(Encoding.Latin1.GetString(input, 0, kept));
        }

        return recorder.Text.ToString();
    }

    private static string Sent(byte escape, byte[][] pieces)
    {
        Recorder recorder = new() { ShowsCommands = false };
        EscapeFilter filter = new(escape, recorder);
        foreach (byte[] piece in pieces)
        {
            byte[] input = [.. piece];
            int kept = filter.Filter(input);
            recorder.Text.Append(Encoding.Latin1.GetString(input, 0, kept));
        }

        return recorder.Text + "|" + string.Join(",", recorder.Commands);
    }

    private sealed class Recorder : IEscapeActions
    {
        public StringBuilder Text { get; } = new();

        public List<string> Commands { get; } = [];

        public bool ShowsCommands { get; init; } = true;

        public void SendHeld(byte character) => Text.Append((char)character);

        public void Run(EscapeCommand command)
        {
            Commands.Add(command.ToString());
            if (ShowsCommands)
                Text.Append('{').Append(command).Append('}');
        }
    }
}
