using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Qssh.Generators.Commands;

/// <summary>Completion for bash 3.2 and later; needs no bash-completion package.</summary>
internal static class BashScript
{
    private const string Head = """
        # Completion for bash. Use: source <(qssh completion bash)

        _qssh_hosts() {
            {
                awk 'tolower($1) == "host" { for (i = 2; i <= NF; i++) if ($i !~ /[*?!]/) print $i }' ~/.qssh/config
                awk '$1 !~ /^[|#@]/ { n = split($1, names, ","); for (i = 1; i <= n; i++) { sub(/^\[/, "", names[i]); sub(/\].*$/, "", names[i]); print names[i] } }' \
                    ~/.qssh/known_hosts /etc/qssh/known_hosts
            } 2>/dev/null | sort -u
        }

        # $1: kind, $2: words. A user in front of a host stays.
        _qssh_offer() {
            local cur=${COMP_WORDS[COMP_CWORD]} user= words=$2
            COMPREPLY=()
            case $1 in
                file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")) ;;
                directory) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")) ;;
                user) COMPREPLY=($(compgen -u -- "$cur")) ;;
                host)
                    if [[ $cur == *@* ]]; then user=${cur%@*}@; cur=${cur##*@}; words=; fi
                    COMPREPLY=($(compgen -P "$user" -W "$(_qssh_hosts) $words" -- "$cur")) ;;
                *) COMPREPLY=($(compgen -W "$2" -- "$cur")) ;;
            esac
        }

        """;

    private const string Tail = """
        _qssh() {
            local command=${COMP_WORDS[0]##*/} cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} first=1 words=
            case $command in
        @PROGRAMS@
            esac
            if [[ $command == client && ${COMP_WORDS[0]##*/} != ssh ]]; then
                if (( COMP_CWORD == 1 )); then
                    words='@WORDS@'
                else
                    case ${COMP_WORDS[1]} in
                        @WORDCASES@) command=${COMP_WORDS[1]}; first=2 ;;
                    esac
                fi
            fi
            if (( COMP_CWORD > first )) && _qssh_value "$command" "$prev"; then return; fi
            if [[ $cur == -* ]]; then _qssh_offer words "$(_qssh_options "$command")"; return; fi
            _qssh_operand "$command" "$words"
        }

        complete -o default -F _qssh @NAMES@

        """;

    public static string Write(CommandModel[] commands)
    {
        StringBuilder script = new();
        script.Append(Head);
        AppendOptions(script, commands);
        AppendValues(script, commands);
        AppendOperands(script, commands);
        string words = string.Join(" ", CompletionEmitter.Worded(commands).Select(c => c.Word));
        IEnumerable<string> programs = commands.Where(c => c.Programs.Count > 0)
            .Select(c => $"        {string.Join("|", CompletionEmitter.Programs(c))}) command={CompletionEmitter.Key(c)} ;;");
        script.Append(Tail
            .Replace("@PROGRAMS@", string.Join("\n", programs))
            .Replace("@WORDS@", words)
            .Replace("@WORDCASES@", words.Replace(' ', '|'))
            .Replace("@NAMES@", string.Join(" ", commands.SelectMany(CompletionEmitter.Programs))));
        return script.ToString();
    }

    private static void AppendOptions(StringBuilder script, CommandModel[] commands)
    {
        script.Append("_qssh_options() {\n    case $1 in\n");
        foreach (CommandModel command in commands)
        {
            IEnumerable<string> names = CompletionEmitter.Options(command).SelectMany(Names).Append("--help").Append("--version");
            script.Append($"        {CompletionEmitter.Key(command)}) echo '{string.Join(" ", names)}' ;;\n");
        }

        script.Append("    esac\n}\n\n");
    }

    /// <summary>Status 1 if the word before takes no value.</summary>
    private static void AppendValues(StringBuilder script, CommandModel[] commands)
    {
        script.Append("# Completes the value of the option that stands before it.\n_qssh_value() {\n    case \"$1 $2\" in\n");
        foreach (CommandModel command in commands)
        {
            foreach (OptionModel option in command.Options.Where(o => o.TakesValue && !o.Hidden))
            {
                string pattern = string.Join("|", Names(option).Select(n => $"'{CompletionEmitter.Key(command)} {n}'"));
                script.Append($"        {pattern}) {Offer(option.Complete, option.Values, commands)} ;;\n");
            }
        }

        script.Append("        *) return 1 ;;\n    esac\n}\n\n");
    }

    private static void AppendOperands(StringBuilder script, CommandModel[] commands)
    {
        script.Append("_qssh_operand() {\n    case $1 in\n");
        foreach (CommandModel command in commands)
        {
            OperandModel? operand = command.Operands.FirstOrDefault(o => o.Complete != CompletionKind.None || o.Values.Length > 0);
            if (operand == null)
                continue;

            string offer = operand.Complete == CompletionKind.Host ? "_qssh_offer host \"$2\"" : Offer(operand.Complete, operand.Values, commands);
            script.Append($"        {CompletionEmitter.Key(command)}) {offer} ;;\n");
        }

        script.Append("    esac\n}\n\n");
    }

    private static string Offer(CompletionKind kind, string values, CommandModel[] commands) => kind switch
    {
        CompletionKind.File => "_qssh_offer file",
        CompletionKind.Directory => "_qssh_offer directory",
        CompletionKind.User => "_qssh_offer user",
        CompletionKind.Host => "_qssh_offer host",
        CompletionKind.Command => $"_qssh_offer words '{string.Join(" ", CompletionEmitter.Worded(commands).Select(c => c.Word))}'",
        _ => $"_qssh_offer words '{values}'",
    };

    private static IEnumerable<string> Names(OptionModel option)
    {
        if (option.Letter.Length > 0)
            yield return "-" + option.Letter;
        if (option.Long.Length > 0)
            yield return "--" + option.Long;
    }
}
