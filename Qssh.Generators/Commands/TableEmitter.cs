using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Qssh.Generators.Commands;

/// <summary>Writes the command table: names to commands, without any data that has to be built at start.</summary>
internal static class TableEmitter
{
    public static string Emit(EquatableArray<CommandModel> commands, string version)
    {
        SourceBuilder source = new();
        source.Line(CommandEmitter.FileHeader).Line($"namespace {CommandParser.FrameworkNamespace};").Line();
        source.Line("/// <summary>Every command of the executable.</summary>");
        using (source.Block("internal static class CommandTable"))
        {
            source.Line($"public const string Version = {CommandEmitter.Quote(version)};");
            EmitPrograms(source, commands);
            EmitWords(source, commands);
            EmitList(source, "Program", commands.Where(c => !c.Hidden).SelectMany(c => c.Programs));
            EmitList(source, "SshName", commands.Where(c => !c.Hidden && c.SshName.Length > 0).Select(c => c.SshName));
            EmitList(source, "Page", commands.Where(c => !c.Hidden).Select(c => $"{c.PageName}.{c.Section}"));
            EmitList(source, "PageWord", commands.Where(c => !c.Hidden).Select(c => c.Word));
            Utf8Literal.Property(source, "public static", "Overview", Overview(commands));
        }

        return source.ToString();
    }

    /// <summary>Program names that select one command. The client's own first name is not among them: under it the first word may select.</summary>
    private static void EmitPrograms(SourceBuilder source, EquatableArray<CommandModel> commands)
    {
        source.Line("/// <summary>The command that a file name selects by itself.</summary>");
        using (source.Block("public static Command? ForProgram(global::System.ReadOnlySpan<char> name) => name switch", ";"))
        {
            foreach (CommandModel command in commands)
            {
                IEnumerable<string> names = command.Programs.Skip(command.Word.Length == 0 ? 1 : 0);
                foreach (string name in command.SshName.Length > 0 ? names.Append(command.SshName) : names)
                    source.Line($"\"{name}\" => new {command.FullTypeName}(),");
            }

            source.Line("_ => null,");
        }
    }

    private static void EmitWords(SourceBuilder source, EquatableArray<CommandModel> commands)
    {
        source.Line("/// <summary>The command that a first word selects; the empty word stands for the client.</summary>");
        using (source.Block("public static Command? ForWord(global::System.ReadOnlySpan<char> word) => word switch", ";"))
        {
            foreach (CommandModel command in commands)
                source.Line($"\"{command.Word}\" => new {command.FullTypeName}(),");

            source.Line("_ => null,");
        }
    }

    /// <summary>A list without storage: null after the last item.</summary>
    private static void EmitList(SourceBuilder source, string name, IEnumerable<string> items)
    {
        using (source.Block($"public static string? {name}(int index) => index switch", ";"))
        {
            int index = 0;
            foreach (string item in items)
                source.Line($"{index++} => \"{item}\",");

            source.Line("_ => null,");
        }
    }

    private static string Overview(EquatableArray<CommandModel> commands)
    {
        StringBuilder text = new();
        foreach (CommandModel command in commands.Where(c => !c.Hidden))
        {
            string name = command.Word.Length == 0 ? command.Display : "qssh " + command.Word;
            string programs = command.Word.Length > 0 && command.Programs.Count > 0 ? $" ({string.Join(", ", command.Programs)})" : "";
            text.Append("  ").Append(name.PadRight(17)).Append(' ').Append(command.Summary).Append(programs).Append('\n');
        }

        return text.ToString();
    }
}
