using Qssh.Errors;
using Qssh.Platform;

namespace Qssh.Commands.Framework;

/// <summary>From argv to exit status: selects the command, parses, runs, and turns what goes wrong into one line on standard error.</summary>
internal static class Dispatcher
{
    private const int InternalError = 255;

    /// <param name="program">argv[0].</param>
    /// <param name="arguments">What follows it.</param>
    public static int Run(string program, ReadOnlySpan<string> arguments)
    {
        ReadOnlySpan<char> name = program.AsSpan(program.LastIndexOf('/') + 1);
        Command command = Select(name, ref arguments);
        command.CalledAs = name.IsEmpty ? "qssh" : name.ToString();
        try
        {
            return Run(command, arguments);
        }
        catch (UsageException failure)
        {
            Complain(command, failure.Message);
            StandardStreams.WriteError(command.Usage);
            return command.UsageExitCode;
        }
        catch (FailureException failure)
        {
            if (failure.SaysWhere)
                StandardStreams.WriteErrorLine(failure.Message);
            else
                Complain(command, failure.Message);
            return failure.ExitCode;
        }
        catch (Exception failure)
        {
            Complain(command, "internal error: " + failure.GetType().Name + "; QSSH_DEBUG=1 shows where");
            if (Environment.GetEnvironmentVariable("QSSH_DEBUG") == "1")
                StandardStreams.WriteErrorLine(failure.ToString());

            return InternalError;
        }
    }

    /// <summary>
    /// A file name that belongs to one command decides alone: <c>ssh server</c> is a host called server. Under any other name the first word
    /// may select; a host of such a name is reached as <c>user@name</c> or after <c>--</c>.
    /// </summary>
    internal static Command Select(ReadOnlySpan<char> name, ref ReadOnlySpan<string> arguments)
    {
        Command? command = CommandTable.ForProgram(name);
        if (command != null)
            return command;

        if (arguments.Length > 0 && arguments[0].Length > 0 && CommandTable.ForWord(arguments[0]) is { } selected)
        {
            arguments = arguments[1..];
            return selected;
        }

        return CommandTable.ForWord("") ?? throw new InvalidOperationException("No client among the commands.");
    }

    private static int Run(Command command, ReadOnlySpan<string> arguments)
    {
        switch (new ArgumentParser(command, arguments).Parse())
        {
            case ParseOutcome.Help:
                return StandardStreams.WriteOutput(command.Help) ? 0 : 1;
            case ParseOutcome.Version:
                VersionText.Write();
                return 0;
            default:
                PrintNotes(command);
                return command.Run();
        }
    }

    private static void PrintNotes(Command command)
    {
        if (command.Notes != null && !command.IsQuiet)
        {
            foreach (string note in command.Notes)
                Complain(command, note);
        }

        if (command.IgnoredOptions != null && command.IsVerbose)
        {
            foreach (string ignored in command.IgnoredOptions)
                Complain(command, ignored);
        }
    }

    private static void Complain(Command command, string message) => StandardStreams.WriteErrorLine(Printable.Lines($"{command.CalledAs}: {message}"));
}
