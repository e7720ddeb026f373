using Qssh.Errors;
using Qssh.Telemetry.Log;

namespace Qssh.Sftp.Server;

/// <summary>Which requests are carried out: options -R, -P and -p. A denial wins over a permission.</summary>
internal sealed class RequestPolicy
{
    private readonly bool[] _permitted = new bool[SftpRequests.Rows.Length];

    /// <param name="isReadOnly">No request that changes anything.</param>
    /// <param name="denied">Names between commas; null: none.</param>
    /// <param name="allowed">Names between commas, and no others; null: all.</param>
    public RequestPolicy(bool isReadOnly, string? denied, string? allowed)
    {
        IsReadOnly = isReadOnly;
        bool[] deny = Parse(denied), allow = Parse(allowed);
        for (int i = 0; i < _permitted.Length; i++)
            _permitted[i] = !deny[i] && (allowed is null || allow[i]) && !(isReadOnly && SftpRequests.Rows[i].Writes);
    }

    public bool IsReadOnly { get; }

    public bool Permits(SftpRequest request) => _permitted[(int)request];

    /// <summary>A name that nobody knows is refused: denied in vain, it would leave a door open that was meant to be shut.</summary>
    private static bool[] Parse(string? list)
    {
        bool[] named = new bool[SftpRequests.Rows.Length];
        foreach (string name in list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
            named[(int)(SftpRequests.OfName(name) ?? throw Unknown(name))] = true;
        return named;
    }

    private static FailureException Unknown(string name) => new($"there is no request '{PeerText.Escape(name)}'; -Q requests lists them", 1);
}
