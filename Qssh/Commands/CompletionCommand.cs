using Qssh.Commands.Framework;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary><c>qssh completion</c>: scripts that complete the command lines of all programs.</summary>
[Command("completion", Summary = "print a completion script for bash, zsh or fish", Description = CompletionCommand.Manual)]
internal sealed partial class CompletionCommand : Command
{
    private const string Manual = """
        Prints a script to be read by the shell:

          source <(qssh completion bash)
          qssh completion zsh > "${fpath[1]}/_qssh"
          qssh completion fish > ~/.config/fish/completions/qssh.fish

        Hosts are completed from ~/.qssh/config and from the plain names in known_hosts.
        """;

    [Operand("shell", Help = "bash, zsh or fish", Values = "bash zsh fish")]
    public string? Shell { get; private set; }

    public override int Run()
    {
        ReadOnlySpan<byte> script = Shell switch
        {
            "bash" => CompletionScripts.Bash,
            "zsh" => CompletionScripts.Zsh,
            "fish" => CompletionScripts.Fish,
            _ => throw new UsageException($"no completion for '{Printable.Escape(Shell!)}': bash, zsh and fish have one"),
        };
        return StandardStreams.WriteOutput(script) ? 0 : 1;
    }
}
