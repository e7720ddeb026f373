using Qssh.Mux;

namespace Qssh.Client;

/// <summary>What an escape asks for.</summary>
internal enum EscapeCommand : byte
{
    Help = 0,
    Disconnect,
    Suspend,
    List,
    Information,
    Rekey,
    Break,
    MoreVerbose,
    LessVerbose,
    Unsupported,
}

/// <summary>Carries escapes out, while the input is being looked through.</summary>
internal interface IEscapeActions
{
    /// <summary>The escape character was held back and turned out to be input: it goes before what follows.</summary>
    public void SendHeld(byte character);

    public void Run(EscapeCommand command);
}

/// <summary>
/// Finds escapes in what is typed: the escape character at the start of a line, and the character after it. Everything else passes as
/// it is. Twice the escape character is one; an unknown character after it sends both.
/// </summary>
internal sealed class EscapeFilter(byte escape, IEscapeActions actions) : IInputFilter
{
    private const byte ControlZ = 0x1A;

    private bool _atLineStart = true;
    private bool _held;

    public int Filter(Span<byte> input)
    {
        int kept = 0;
        for (int i = 0; i < input.Length; i++)
        {
            byte character = input[i];
            if (_held)
            {
                _held = false;
                if (CommandOf(character) is { } command)
                {
                    actions.Run(command);
                    continue;
                }

                // Its place in this input is free, unless it was held back in an earlier one: then nothing was kept yet.
                if (character != escape && kept < i)
                    input[kept++] = escape;
                else if (character != escape)
                    actions.SendHeld(escape);
            }
            else if (_atLineStart && character == escape)
            {
                _held = true;
                continue;
            }

            _atLineStart = character is (byte)'\r' or (byte)'\n';
            input[kept++] = character;
        }

        return kept;
    }

    private static EscapeCommand? CommandOf(byte character) => character switch
    {
        (byte)'.' => EscapeCommand.Disconnect,
        ControlZ => EscapeCommand.Suspend,
        (byte)'#' => EscapeCommand.List,
        (byte)'?' => EscapeCommand.Help,
        (byte)'I' => EscapeCommand.Information,
        (byte)'R' => EscapeCommand.Rekey,
        (byte)'B' => EscapeCommand.Break,
        (byte)'V' => EscapeCommand.LessVerbose,
        (byte)'v' => EscapeCommand.MoreVerbose,
        (byte)'&' or (byte)'C' => EscapeCommand.Unsupported,
        _ => null,
    };
}
