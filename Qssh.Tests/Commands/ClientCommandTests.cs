using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Commands;
using Qssh.Commands.Framework;
using Qssh.Config;
using Xunit;

namespace Qssh.Tests.Commands;

public sealed class ClientCommandTests
{
    [Theory]
    [InlineData("h -p 22", "h", null, "Port=22")]
    [InlineData("h -p22 ls -p", "h", "ls -p", "Port=22")]
    [InlineData("h -- -v", "h", "-v", "")]
    [InlineData("-- h -v ls", "h", "ls", "LogLevel=DEBUG1")]
    [InlineData("h -v -- ls -- x", "h", "ls -- x", "LogLevel=DEBUG1")]
    [InlineData("h - a", "h", "- a", "")]
    [InlineData("h ''", "h", null, "")]
    [InlineData("h '' a", "h", " a", "")]
    [InlineData("-p -v h", "h", null, "Port=-v")]
    [InlineData("-vvTN h", "h", null, "LogLevel=DEBUG2|RequestTTY=no|RequestTTY=no|SessionType=none")]
    [InlineData("-vq h", "h", null, "LogLevel=QUIET")]
    [InlineData("-qv h", "h", null, "LogLevel=DEBUG1")]
    [InlineData("-t -T h", "h", null, "RequestTTY=no")]
    [InlineData("-T -t h", "h", null, "RequestTTY=yes")]
    [InlineData("-o RequestTTY=no -t h", "h", null, "RequestTTY=yes|RequestTTY=no")]
    [InlineData("-fN h", "h", null, "RequestTTY=no|SessionType=none|ForkAfterAuthentication=yes|StdinNull=yes")]
    [InlineData("-4 -6 h", "h", null, "AddressFamily=inet6|AddressFamily=inet")]
    [InlineData("-l a b@h", "h", null, "User=a|User=b")]
    [InlineData("b@h -l a", "h", null, "User=b|User=a")]
    [InlineData("qssh://u@h:2 -p 3", "h", null, "User=u|Port=2|Port=3")]
    [InlineData("-i 'a b' -i 'c\"d' h", "h", null, "IdentityFile=\"a b\"|IdentityFile=\"c\\\"d\"")]
    [InlineData("-c aes256-gcm,chacha20-poly1305@openssh.com h ls", "h", "ls", "Ciphers=aes256-gcm,chacha20-poly1305@openssh.com")]
    [InlineData("-c 'uptime -p' h", "h", "uptime -p", "")]
    [InlineData("--command aes256-gcm h", "h", "aes256-gcm", "")]
    [InlineData("--tier T1 --min-tier=T2 h", "h", null, "Tier=T1|MinTier=T2")]
    public void Options_are_read_as_OpenSSH_reads_them(string line, string host, string? command, string settings)
    {
        ClientCommand client = CommandLines.Client(ShellWords.Split(line));
        Assert.Equal(host, client.Destination!.Host);
        Assert.Equal(command, client.RemoteCommand);
        Assert.Equal(settings, string.Join('|', client.Settings));
    }

    [Theory]
    [InlineData("", "missing destination")]
    [InlineData("-v", "missing destination")]
    [InlineData("-o", "-o needs a value")]
    [InlineData("h -p", "-p needs a value")]
    [InlineData("-vz h", "unknown option -z")]
    [InlineData("--bogus=1 h", "unknown option --bogus")]
    [InlineData("--tier", "--tier needs a value")]
    [InlineData("--help=1 h", "unknown option --help")]
    [InlineData("-N -s h sftp", "-N and -s cannot be used together")]
    [InlineData("-s h", "-s needs the name of a subsystem after the destination")]
    [InlineData("--command a h b", "--command and a command after the destination cannot be used together")]
    [InlineData("-c nocipher h ls", "-c: 'nocipher' is no cipher, and there is a command already")]
    public void Usage_errors_say_what_is_wrong(string line, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => CommandLines.Client(ShellWords.Split(line))).Message);

    [Fact]
    public void A_query_needs_no_destination()
    {
        ClientCommand client = CommandLines.Client("-Q", "kex");
        Assert.Equal("kex", client.Query);
        Assert.Null(client.Destination);
    }

    [Theory]
    [InlineData(ParseOutcome.Version, "-V")]
    [InlineData(ParseOutcome.Version, "-vV")]
    [InlineData(ParseOutcome.Version, "--version")]
    [InlineData(ParseOutcome.Help, "--help")]
    [InlineData(ParseOutcome.Help, "-p 1 --help -Z")]
    public void Version_and_help_need_nothing_else(object outcome, string line) =>
        Assert.Equal(outcome, new ArgumentParser(new ClientCommand(), ShellWords.Split(line)).Parse());

    [Fact]
    public void Every_letter_of_OpenSSH_is_known()
    {
        ClientCommand client = new();
        foreach (char flag in "1246ACGKMNTXYZafgknqstvxy")
            Assert.False(client.TakesValue(Known(client, flag)), flag.ToString());
        foreach (char option in "BDEFIJLOPQRSWbceilmopw")
            Assert.True(client.TakesValue(Known(client, option)), option.ToString());
    }

    /// <summary>Whatever the words of the remote command look like, they arrive unchanged, joined by one space.</summary>
    [Fact]
    public void The_remote_command_is_untouched()
    {
        Gen<string> word = Gen.OneOf(
            Gen.Elements("-v", "--", "-o", "-p22", "--server", "-", "--help", "-V", "a b", "\"", "$(x)", "\t", "é"),
            ArbMap.Default.ArbFor<NonNull<string>>().Generator.Select(s => s.Get));
        Gen<string> first = word.Where(w => w.Length > 0 && w[0] != '-');
        Prop.ForAll(
            first.SelectMany(head => word.ListOf().Select(tail => tail.Prepend(head).ToArray())).ToArbitrary(),
            words =>
            {
                ClientCommand client = CommandLines.Client(["-p", "22", "u@h", "-x", .. words]);
                return client.RemoteCommand == string.Join(' ', words) && client.Settings.SequenceEqual(["ForwardX11=no", "Port=22", "User=u"]);
            }).QuickCheckThrowOnFailure();
    }

    /// <summary>What a letter's value becomes is what the configuration reads back.</summary>
    [Fact]
    public void Values_survive_the_way_through_the_configuration() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonEmptyString>().Generator.Select(s => s.Get).Where(s => !s.Any(char.IsControl)).ToArbitrary(),
            value => ConfigWords.Split(SettingText.Format("K", value)["K=".Length..]).SequenceEqual([value])).QuickCheckThrowOnFailure();

    [Fact]
    public void A_command_that_is_not_UTF8_arrives_byte_for_byte()
    {
        byte[] argv = [.. "qssh\0h\0printf\0"u8, 0xFF, 0xFE, 0, .. "x y\0"u8];
        string text = "printf " + Encoding.UTF8.GetString([0xFF, 0xFE]) + " x y";
        byte[] expected = [.. "printf "u8, 0xFF, 0xFE, .. " x y"u8];
        Assert.Equal(expected, RawArguments.Join(argv, text, 3));
        Assert.Equal("é"u8.ToArray(), CommandLines.Client("h", "é").RemoteCommandBytes());
        Assert.Null(CommandLines.Client("h").RemoteCommandBytes());
    }

    private static int Known(ClientCommand client, char letter)
    {
        int option = client.FindShort(letter);
        Assert.True(option >= 0, letter.ToString());
        return option;
    }
}
