using System.Collections.Generic;
using System.Linq;

namespace Qssh.Generators.Commands;

/// <summary>Finds names that select two commands. Words and program names are separate spaces.</summary>
internal static class NameClashes
{
    public static IEnumerable<Finding> Find(IEnumerable<CommandNames> commands)
    {
        Dictionary<string, string> owners = [];
        foreach (CommandNames command in commands.OrderBy(c => c.TypeName, System.StringComparer.Ordinal))
        {
            foreach (string key in command.Programs.Select(p => "program " + p).Append("word " + command.Word))
            {
                string name = key.Substring(key.IndexOf(' ') + 1);
                if (owners.TryGetValue(key, out string? owner))
                    yield return Finding.At(CommandRules.DuplicateCommand, command.Place, name, command.TypeName, owner);
                else
                    owners.Add(key, command.TypeName);
            }
        }
    }
}
