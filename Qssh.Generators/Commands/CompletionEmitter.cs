using System.Collections.Generic;
using System.Linq;

namespace Qssh.Generators.Commands;

/// <summary>Writes the completion scripts of all commands, one per shell, as text inside the executable.</summary>
internal static class CompletionEmitter
{
    public static string Emit(EquatableArray<CommandModel> all)
    {
        CommandModel[] commands = all.Where(c => !c.Hidden).ToArray();
        SourceBuilder source = new();
        source.Line(CommandEmitter.FileHeader).Line($"namespace {CommandParser.FrameworkNamespace};").Line();
        source.Line("/// <summary>Completion scripts, generated from the declarations of the commands.</summary>");
        using (source.Block("internal static class CompletionScripts"))
        {
            Utf8Literal.Property(source, "public static", "Bash", BashScript.Write(commands));
            Utf8Literal.Property(source, "public static", "Zsh", ZshScript.Write(commands));
            Utf8Literal.Property(source, "public static", "Fish", FishScript.Write(commands));
        }

        return source.ToString();
    }

    /// <summary>The name of a command inside the scripts.</summary>
    public static string Key(CommandModel command) => command.Word.Length == 0 ? "client" : command.Word;

    public static IEnumerable<string> Programs(CommandModel command) =>
        command.SshName.Length == 0 ? command.Programs : command.Programs.Append(command.SshName);

    /// <summary>The options a shell should offer.</summary>
    public static IEnumerable<OptionModel> Options(CommandModel command) => command.Options.Where(o => !o.Hidden && o.NotYet == null);

    /// <summary>The first word selects only under the executable's own name.</summary>
    public static IEnumerable<CommandModel> Worded(IEnumerable<CommandModel> commands) => commands.Where(c => c.Word.Length > 0);
}
