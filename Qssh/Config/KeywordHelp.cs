namespace Qssh.Config;

/// <summary>What the manual says of one keyword; its default comes from the options themselves.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Value">What stands after it.</param>
/// <param name="Default">Only where the options do not show it: a list that is empty until somebody fills it, or another spelling.</param>
internal sealed record KeywordHelp(string Name, string Value, string Text, string? Default = null);

internal sealed record KeywordGroup(string Title, params KeywordHelp[] Keywords);
