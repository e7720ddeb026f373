namespace Qssh.Commands.Framework;

/// <summary>What a command line asks for.</summary>
internal enum ParseOutcome
{
    Run,
    Help,
    Version,
}

/// <summary>
/// getopt(3) as POSIX has it (XBD 12.2), with long options: clusters, attached and separate values, <c>--</c>. A separate value is the next
/// word whatever it looks like. How operands and options may mix is the command's <see cref="OperandMode"/>.
/// </summary>
internal ref struct ArgumentParser(Command command, ReadOnlySpan<string> arguments)
{
    private readonly ReadOnlySpan<string> _arguments = arguments;
    private int _next;
    private int _operands;
    private bool _optionsEnded;

    public ParseOutcome Parse()
    {
        while (_next < _arguments.Length)
        {
            string word = _arguments[_next++];
            if (_optionsEnded || word.Length < 2 || word[0] != '-')
            {
                TakeOperand(word);
                continue;
            }

            if (word == "--")
            {
                _optionsEnded = true;
                continue;
            }

            ParseOutcome outcome = word[1] == '-' ? TakeLong(word) : TakeCluster(word);
            if (outcome != ParseOutcome.Run)
                return outcome;
        }

        if (command.NeedsOperands && command.MissingOperand(_operands) is { } missing)
            throw new UsageException($"missing {missing}");

        command.OnParsed();
        return ParseOutcome.Run;
    }

    private void TakeOperand(string word)
    {
        if (!command.ApplyOperand(_operands, word))
            throw new UsageException($"unexpected operand '{Printable.Escape(word)}'");

        // OpenSSH starts getopt anew behind the destination: a "--" before it does not count behind it.
        _optionsEnded = command.Mode switch
        {
            OperandMode.Destination => _operands > 0,
            OperandMode.OptionsFirst => true,
            _ => _optionsEnded,
        };
        _operands++;
    }

    private ParseOutcome TakeCluster(string word)
    {
        for (int i = 1; i < word.Length; i++)
        {
            int option = command.FindShort(word[i]);
            if (option < 0)
                return word[i] == 'V' ? ParseOutcome.Version : throw Unknown("-" + word[i]);

            string name = ShortName(word[i]);
            if (!command.TakesValue(option))
            {
                command.Apply(option, name, "");
                continue;
            }

            command.Apply(option, name, i + 1 < word.Length ? word[(i + 1)..] : NextValue(name));
            break;
        }

        return ParseOutcome.Run;
    }

    private ParseOutcome TakeLong(string word)
    {
        int equals = word.IndexOf('=');
        string name = equals < 0 ? word : word[..equals];
        int option = command.FindLong(name.AsSpan(2));
        if (option < 0)
        {
            return equals >= 0 ? throw Unknown(name) : name switch
            {
                "--help" => ParseOutcome.Help,
                "--version" => ParseOutcome.Version,
                _ => throw Unknown(name),
            };
        }

        if (command.TakesValue(option))
            command.Apply(option, name, equals < 0 ? NextValue(name) : word[(equals + 1)..]);
        else if (equals < 0)
            command.Apply(option, name, "");
        else
            throw new UsageException($"{name} takes no value");

        return ParseOutcome.Run;
    }

    private string NextValue(string name) =>
        _next < _arguments.Length ? _arguments[_next++] : throw new UsageException($"{name} needs a value");

    private static string ShortName(char letter) => string.Create(2, letter, static (span, c) =>
    {
        span[0] = '-';
        span[1] = c;
    });

    private static UsageException Unknown(string name) => new($"unknown option {Printable.Escape(name)}");
}
