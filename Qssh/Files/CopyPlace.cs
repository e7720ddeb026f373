using Qssh.Errors;
using Qssh.Telemetry.Log;

namespace Qssh.Files;

/// <summary>An operand of scp: a local path, or a path on a host. The host is as a destination is written.</summary>
internal sealed class CopyPlace(string? host, string path)
{
    private const string Scheme = "scp://";

    public string? Host => host;

    public string Path => path;

    /// <summary>A colon behind a slash belongs to a local name, as does a leading one.</summary>
    public static CopyPlace Parse(string text)
    {
        if (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return ParseUri(text[Scheme.Length..]);
        int colon = FindColon(text);
        return colon < 0 ? new CopyPlace(null, text) : new CopyPlace(text[..colon], text[(colon + 1)..]);
    }

    /// <summary>The path begins behind the slash: it is relative to the user's directory unless there are two.</summary>
    public static CopyPlace ParseUri(string body)
    {
        int slash = body.IndexOf('/');
        string host = slash < 0 ? body : body[..slash];
        string path = slash < 0 ? "" : Uri.UnescapeDataString(body[(slash + 1)..]);
        if (RemoteName.HasControl(path))
            throw new FailureException($"{PeerText.Escape(body, 4096)}: the path of a URI must not have control characters", 1);
        return new CopyPlace("ssh://" + host, path);
    }

    private static int FindColon(string text)
    {
        if (text.StartsWith(':'))
            return -1;
        int bracket = text.IndexOf('[');
        bool opens = bracket == 0 || (bracket > 0 && text[bracket - 1] == '@' && !text.AsSpan(0, bracket).Contains('/'));
        if (opens && text.IndexOf("]:", StringComparison.Ordinal) is >= 0 and var close)
            return close + 1;
        int end = text.AsSpan().IndexOfAny(':', '/');
        return end >= 0 && text[end] == ':' ? end : -1;
    }
}
