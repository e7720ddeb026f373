using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Qssh.Generators.Commands;

/// <summary>Completion for zsh's new completion system.</summary>
internal static class ZshScript
{
    private const string Head = """
        #compdef @NAMES@
        # Completion for zsh. Use: qssh completion zsh > a directory of $fpath, as the file _qssh

        _qssh_hosts() {
            local -a names
            names=(${(f)"$({
                awk 'tolower($1) == "host" { for (i = 2; i <= NF; i++) if ($i !~ /[*?!]/) print $i }' ~/.qssh/config
                awk '$1 !~ /^[|#@]/ { n = split($1, names, ","); for (i = 1; i <= n; i++) { sub(/^\[/, "", names[i]); sub(/\].*$/, "", names[i]); print names[i] } }' \
                    ~/.qssh/known_hosts /etc/qssh/known_hosts
            } 2>/dev/null | sort -u)"})
            compset -P '*@'
            compadd -a names
        }

        """;

    public static string Write(CommandModel[] commands)
    {
        StringBuilder script = new();
        script.Append(Head.Replace("@NAMES@", string.Join(" ", commands.SelectMany(CompletionEmitter.Programs))));
        AppendWords(script, commands);
        foreach (CommandModel command in commands)
            AppendCommand(script, command);

        AppendDispatch(script, commands);
        return script.ToString();
    }

    private static void AppendWords(StringBuilder script, CommandModel[] commands)
    {
        script.Append("_qssh_words() {\n    local -a words\n    words=(\n");
        foreach (CommandModel command in CompletionEmitter.Worded(commands))
            script.Append($"        '{Escape($"{command.Word}:{command.Summary}", "")}'\n");

        script.Append("    )\n    _describe command words\n}\n\n_qssh_first() {\n    _qssh_hosts\n    [[ $service == ssh || $CURRENT -ne 2 || -n $IPREFIX ]] || _qssh_words\n}\n\n");
    }

    private static void AppendCommand(StringBuilder script, CommandModel command)
    {
        script.Append($"_qssh_{CompletionEmitter.Key(command)}() {{\n    _arguments -s -S \\\n");
        foreach (string specification in CompletionEmitter.Options(command).SelectMany(Specifications))
            script.Append($"        '{specification}' \\\n");

        int position = 0;
        foreach (OperandModel operand in command.Operands)
        {
            string place = operand.IsRest ? "*:" : $"{++position}:";
            script.Append($"        '{place}{Escape(operand.Name, ":")}:{Action(operand.Complete, operand.Values, first: position == 1)}' \\\n");
        }

        script.Append("        '--help[show a summary of the options]' '--version[show the version]'\n}\n\n");
    }

    private static IEnumerable<string> Specifications(OptionModel option)
    {
        string repeat = option.Repeats || option.Kind == OptionKind.SettingValue ? "*" : "";
        string help = "[" + Escape(option.Help, "[]") + "]";
        string value = option.TakesValue ? $":{Escape(option.ValueName, ":")}:{Action(option.Complete, option.Values, first: false)}" : "";
        if (option.Letter.Length > 0)
            yield return $"{repeat}-{option.Letter}{(option.TakesValue ? "+" : "")}{help}{value}";
        if (option.Long.Length > 0)
            yield return $"{repeat}--{option.Long}{(option.TakesValue ? "=" : "")}{help}{value}";
    }

    private static string Action(CompletionKind kind, string values, bool first) => kind switch
    {
        CompletionKind.File => "_files",
        CompletionKind.Directory => "_files -/",
        CompletionKind.User => "_users",
        CompletionKind.Host => first ? "_qssh_first" : "_qssh_hosts",
        CompletionKind.Command => "_qssh_words",
        _ => values.Length > 0 ? $"({values})" : " ",
    };

    private static void AppendDispatch(StringBuilder script, CommandModel[] commands)
    {
        script.Append("_qssh() {\n    case $service in\n");
        foreach (CommandModel command in commands.Where(c => c.Word.Length > 0 && c.Programs.Count > 0))
            script.Append($"        {string.Join("|", CompletionEmitter.Programs(command))}) _qssh_{command.Word}; return ;;\n");

        script.Append("    esac\n    if [[ $service != ssh ]] && (( CURRENT > 2 )); then\n        case $words[2] in\n            ");
        script.Append(string.Join("|", CompletionEmitter.Worded(commands).Select(c => c.Word)));
        script.Append(") local command=$words[2]; shift words; (( CURRENT-- )); _qssh_$command; return ;;\n        esac\n    fi\n    _qssh_client\n}\n\n_qssh \"$@\"\n");
    }

    /// <summary>For single quotes, and for the characters that a specification gives a meaning.</summary>
    private static string Escape(string text, string special)
    {
        StringBuilder escaped = new();
        foreach (char c in text)
        {
            if (c == '\'')
                escaped.Append("'\\''");
            else
                escaped.Append(special.IndexOf(c) >= 0 ? "\\" : "").Append(c);
        }

        return escaped.ToString();
    }
}
