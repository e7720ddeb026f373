using System.Linq;
using System.Text;

namespace Qssh.Generators.Commands;

/// <summary>Completion for fish.</summary>
internal static class FishScript
{
    private const string Head = """
        # Completion for fish. Use: qssh completion fish > ~/.config/fish/completions/qssh.fish

        function __qssh_hosts
            begin
                awk 'tolower($1) == "host" { for (i = 2; i <= NF; i++) if ($i !~ /[*?!]/) print $i }' ~/.qssh/config
                awk '$1 !~ /^[|#@]/ { n = split($1, names, ","); for (i = 1; i <= n; i++) { sub(/^\[/, "", names[i]); sub(/\].*$/, "", names[i]); print names[i] } }' \
                    ~/.qssh/known_hosts /etc/qssh/known_hosts
            end 2>/dev/null | sort -u
        end

        function __qssh_first_is
            set -l words (commandline -opc)
            test (count $words) -ge 2; and contains -- $words[2] $argv
        end

        function __qssh_at_first
            test (count (commandline -opc)) -eq 1
        end


        """;

    public static string Write(CommandModel[] commands)
    {
        StringBuilder script = new();
        script.Append(Head);
        string words = string.Join(" ", CompletionEmitter.Worded(commands).Select(c => c.Word));
        foreach (CommandModel command in CompletionEmitter.Worded(commands))
            script.Append($"complete -c qssh -n __qssh_at_first -f -a {command.Word} -d '{Escape(command.Summary)}'\n");

        foreach (CommandModel command in commands)
        {
            string condition = command.Word.Length == 0 ? $"not __qssh_first_is {words}" : $"__qssh_first_is {command.Word}";
            AppendCommand(script, $"complete -c qssh -n '{condition}'", command, words);
            foreach (string program in CompletionEmitter.Programs(command).Where(p => p != "qssh"))
                AppendCommand(script, $"complete -c {program}", command, words);
        }

        return script.ToString();
    }

    private static void AppendCommand(StringBuilder script, string complete, CommandModel command, string words)
    {
        foreach (OptionModel option in CompletionEmitter.Options(command))
        {
            script.Append(complete);
            if (option.Letter.Length > 0)
                script.Append(" -s ").Append(option.Letter);
            if (option.Long.Length > 0)
                script.Append(" -l ").Append(option.Long);
            if (option.TakesValue)
                script.Append(Value(option.Complete, option.Values, words));

            script.Append($" -d '{Escape(option.Help)}'\n");
        }

        OperandModel? operand = command.Operands.FirstOrDefault(o => o.Complete != CompletionKind.None || o.Values.Length > 0);
        if (operand != null && operand.Complete != CompletionKind.File)
            script.Append(complete).Append(Value(operand.Complete, operand.Values, words).Replace(" -x", " -f")).Append('\n');

        script.Append(complete).Append(" -l help -d 'show a summary of the options'\n");
        script.Append(complete).Append(" -l version -d 'show the version'\n");
    }

    private static string Value(CompletionKind kind, string values, string words) => kind switch
    {
        CompletionKind.File => " -r -F",
        CompletionKind.Directory => " -x -a '(__fish_complete_directories)'",
        CompletionKind.User => " -x -a '(__fish_complete_users)'",
        CompletionKind.Host => " -x -a '(__qssh_hosts)'",
        CompletionKind.Command => $" -x -a '{words}'",
        _ => values.Length > 0 ? $" -x -a '{values}'" : " -x",
    };

    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace("'", "\\'");
}
