using System.Reflection;
using System.Text;
using Qssh.Commands.Framework;
using Qssh.Generators.Commands;
using Qssh.Tests.Commands;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Generators.Commands;

/// <summary>Emitted parsers, compiled and run: every kind of option in every mode.</summary>
public sealed class EmittedParserTests
{
    private const string Source = """
        using System.Collections.Generic;
        using Qssh.Commands.Framework;
        namespace N;

        internal abstract class Shared : Command
        {
            [Flag('v', Long = "verbose", Counted = true, Help = "say more")] public int Verbosity { get; protected set; }
        }

        [Command("all", "qssh-all", Summary = "has one of each kind", Mode = OperandMode.MODE, UsageExitCode = 3)]
        [SettingOption('k', "Keyword", Help = "a setting", ValueName = "word")]
        [SettingOption('K', "Keyword", Help = "a setting that wins", Overrides = true)]
        [SettingFlag('4', "A=1", "B=2", Help = "two settings")]
        internal sealed partial class All : Shared
        {
            [Flag('a', Help = "a flag", Note = "noted")] public bool A { get; private set; }
            [Option('n', Long = "number", Min = 1, Max = 9, Help = "a number")] public int? Number { get; private set; }
            [Option('t', Help = "a text")] public string? Text { get; private set; }
            [Option('l', Repeatable = true, Help = "a list")] public List<string>? List { get; private set; }
            [Option('m', Repeatable = true, Help = "a list that is there")] public List<string> Made { get; } = [];
            [Flag('i', Help = "nothing", Ignored = "no use")] public bool I { get; private set; }
            [Flag('L', Help = "later", NotYet = "later")] public bool Later { get; private set; }
            [Option(Long = "hidden", Hidden = true)] public string? Secret { get; private set; }
            [Operand("first", Help = "the first")] public string? First { get; private set; }
            [RestOperands("rest", Help = "the rest")] public List<string> Rest { get; } = [];
            public override int Run() => 7;
            public override string ToString() =>
                $"v{Verbosity} a{(A ? 1 : 0)} n{Number} t{Text} l{string.Join(',', List ?? [])} m{string.Join(',', Made)} s{string.Join(',', Settings)} {First}:{string.Join(',', Rest)}";
        }
        """;

    private static readonly Dictionary<OperandMode, Type> s_types = [];

    [Theory]
    [InlineData(OperandMode.Permute, "f", "v0 a0 n t l m s f:")]
    [InlineData(OperandMode.Permute, "-vav f x -v -- -v y", "v3 a1 n t l m s f:x,-v,y")]
    [InlineData(OperandMode.Permute, "-n5 -t x f -n 6", "v0 a0 n6 tx l m s f:")]
    [InlineData(OperandMode.Permute, "--number=5 f --verbose --number 7", "v1 a0 n7 t l m s f:")]
    [InlineData(OperandMode.Permute, "-la -l b -mc -m d f", "v0 a0 n t la,b mc,d s f:")]
    [InlineData(OperandMode.Permute, "-vt-a f", "v1 a0 n t-a l m s f:")]
    [InlineData(OperandMode.Permute, "-t '' f", "v0 a0 n t l m s f:")]
    [InlineData(OperandMode.Permute, "-t -- f", "v0 a0 n t-- l m s f:")]
    [InlineData(OperandMode.Permute, "-kone -k two -4 -K three f", "v0 a0 n t l m sKeyword=three,B=2,A=1,Keyword=one,Keyword=two f:")]
    [InlineData(OperandMode.OptionsFirst, "-v f -v", "v1 a0 n t l m s f:-v")]
    [InlineData(OperandMode.OptionsFirst, "-- -v -v", "v0 a0 n t l m s -v:-v")]
    [InlineData(OperandMode.Destination, "-v f -v -- -v", "v2 a0 n t l m s f:-v")]
    [InlineData(OperandMode.Destination, "-- f -v x -v", "v1 a0 n t l m s f:x,-v")]
    public void Words_reach_their_members(object mode, string line, string expected) =>
        Assert.Equal(expected, CommandLines.Parse(New((OperandMode)mode), ShellWords.Split(line)).ToString());

    [Theory]
    [InlineData("", "missing first")]
    [InlineData("-n 0 f", "-n takes a number from 1 to 9, not '0'")]
    [InlineData("--number=x f", "--number takes a number from 1 to 9, not 'x'")]
    [InlineData("-n+1 f", "-n takes a number from 1 to 9, not '+1'")]
    [InlineData("-t", "-t needs a value")]
    [InlineData("-z", "unknown option -z")]
    [InlineData("--verbos f", "unknown option --verbos")]
    [InlineData("--verbose=1 f", "--verbose takes no value")]
    public void Wrong_words_are_told(string line, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => CommandLines.Parse(New(OperandMode.Permute), ShellWords.Split(line))).Message);

    [Fact]
    public void Remarks_of_options()
    {
        Command command = CommandLines.Parse(New(OperandMode.Permute), "-ai", "f");
        Assert.Equal(["-a: noted"], command.Notes);
        Assert.Equal(["-i has no effect: no use"], command.IgnoredOptions);
        Errors.FailureException failure = Assert.Throws<Errors.FailureException>(() => CommandLines.Parse(New(OperandMode.Permute), "-L", "f"));
        Assert.Equal(("-L is not available: later", 3), (failure.Message, failure.ExitCode));
    }

    [Fact]
    public void Help_is_made_of_the_declaration()
    {
        string help = Encoding.UTF8.GetString(New(OperandMode.Permute).Help);
        Assert.Equal(
            """
            qssh-all - has one of each kind

            usage: qssh-all [options] first [rest ...]

              first                   the first
              rest                    the rest

              -4                      two settings
              -a                      a flag
              -i                      nothing
              -k word                 a setting
              -K value                a setting that wins
              -l value                a list
              -L                      later (not in this version)
              -m value                a list that is there
              -n, --number value      a number
              -t value                a text
              -v, --verbose           say more
              --help                  show this text
              -V, --version           show the version

            """,
            help);
    }

    [Fact]
    public void The_table_finds_the_command_by_word_and_program()
    {
        Type table = New(OperandMode.Permute).GetType().Assembly.GetType("Qssh.Commands.Framework.CommandTable")!;
        foreach ((string method, string name, bool found) in new[] { ("ForWord", "all", true), ("ForProgram", "qssh-all", true), ("ForProgram", "all", false), ("ForWord", "", false) })
        {
            Func<ReadOnlySpan<char>, Command?> find = table.GetMethod(method)!.CreateDelegate<Func<ReadOnlySpan<char>, Command?>>();
            Assert.Equal(found, find(name) != null);
        }
    }

    private static Command New(OperandMode mode)
    {
        lock (s_types)
        {
            if (!s_types.TryGetValue(mode, out Type? type))
            {
                GeneratorRun run = new(new CommandGenerator(), Source.Replace("MODE", mode.ToString(), StringComparison.Ordinal));
                Assert.Empty(run.Diagnostics);
                type = run.Load().GetType("N.All")!;
                s_types.Add(mode, type);
            }

            return (Command)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, null, null)!;
        }
    }
}
