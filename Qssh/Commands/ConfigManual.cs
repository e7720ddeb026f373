using Qssh.Commands.Framework;
using Qssh.Config;

namespace Qssh.Commands;

/// <summary>qssh_config(5) and qsshd_config(5): written when asked for, from the tables that the files are parsed with.</summary>
internal static class ConfigManual
{
    public static string[] Pages => ["qssh_config.5", "qsshd_config.5"];

    /// <summary>Null: no such page.</summary>
    public static string? Find(string name) => name switch
    {
        "qssh_config" or "qssh_config.5" => Client(),
        "qsshd_config" or "qsshd_config.5" => Server(),
        _ => null,
    };

    private static string Client()
    {
        RoffPage page = new("QSSH_CONFIG", 5, "qssh_config", "configuration of the qssh client");
        page.Section("SYNOPSIS", ConfigManualText.ClientFiles);
        page.Section("DESCRIPTION", ConfigManualText.ClientDescription);
        page.Section("SYNTAX", ConfigManualText.Syntax);
        page.Section("BLOCKS", ConfigManualText.ClientBlocks);
        Keywords(page, ClientKeywordHelp.Groups(), ClientKeywords.Table, new ClientOptions());
        page.Section("TOKENS", ConfigManualText.Tokens);
        page.Section("TIERS", ConfigManualText.Tiers);
        page.Section("ALGORITHM LISTS", ConfigManualText.Lists);
        page.Section("OTHER KEYWORDS OF OPENSSH", Ignored(IgnoredKeywords.ClientNames));
        page.Section("SEE ALSO", "qssh(1), qsshd_config(5)");
        return page.ToString();
    }

    private static string Server()
    {
        RoffPage page = new("QSSHD_CONFIG", 5, "qsshd_config", "configuration of the qssh server");
        page.Section("SYNOPSIS", ServerConfig.SystemFile);
        page.Section("DESCRIPTION", ConfigManualText.ServerDescription);
        page.Section("SYNTAX", ConfigManualText.Syntax);
        page.Section("BLOCKS", ConfigManualText.ServerBlocks);
        Keywords(page, ServerKeywordHelp.Groups(), ServerKeywords.Table, new ServerOptions());
        page.Section("TIERS", ConfigManualText.Tiers);
        page.Section("ALGORITHM LISTS", ConfigManualText.Lists);
        page.Section("OTHER KEYWORDS OF OPENSSH", Ignored(IgnoredKeywords.ServerNames) + Refused(IgnoredKeywords.RefusedByServerNames));
        page.Section("SEE ALSO", "qsshd(8), qssh_config(5)");
        return page.ToString();
    }

    private static void Keywords<TOptions>(RoffPage page, KeywordGroup[] groups, KeywordTable<TOptions> table, TOptions defaults)
    {
        foreach (KeywordGroup group in groups)
        {
            page.Section(group.Title);
            foreach (KeywordHelp help in group.Keywords)
                page.Item(help.Name, help.Value, Text(help, table.Find(help.Name), defaults));
        }
    }

    /// <summary>The default as <c>-G</c> and <c>-T</c> print it for an empty file, so that the page cannot say another one.</summary>
    private static string Text<TOptions>(KeywordHelp help, Keyword<TOptions>? keyword, TOptions defaults)
    {
        if (keyword?.Print is null && help.Default is null)
            return "The same as " + help.Text;
        List<string> values = help.Default is null ? new(keyword!.Print!(defaults)) : [help.Default];
        return values.Count == 0 ? help.Text : $"{help.Text} Default: {string.Join(' ', values)}.";
    }

    private static string Ignored(IReadOnlyCollection<string> ignored) =>
        $"""
        Without effect here, noted with -v:

        {string.Join(' ', Sorted(ignored))}
        """;

    private static string Refused(IReadOnlyCollection<string> refused) =>
        $"""


        Refused unless the value says that they are not used (none, no), as ignoring them would do something else than asked:

        {string.Join(' ', Sorted(refused))}
        """;

    private static List<string> Sorted(IReadOnlyCollection<string> names)
    {
        List<string> sorted = new(names);
        sorted.Sort(StringComparer.Ordinal);
        return sorted;
    }
}
