using System.Globalization;
using Qssh.Commands.Framework;
using Qssh.Config;
using Qssh.Errors;

namespace Qssh.Commands;

/// <summary>
/// Where to connect, as typed: <c>[user@]host</c>, <c>[user@]host:port</c>, <c>[user@][host]:port</c>, a bare IPv6 address, or
/// <c>ssh://</c> and <c>qssh://</c> URIs. A user ends at the last <c>@</c>. One colon starts a port, as no host name has one; several are
/// an IPv6 address. Names that could be taken for options, end in files, or mean something to a shell are refused here, where they come in.
/// </summary>
internal sealed record Destination(string? User, string Host, int? Port)
{
    private const string AddressCharacters = "0123456789abcdefABCDEF:.";

    public static Destination Parse(string text) => UriBody(text) is { } body ? ParseUri(body, text) : ParsePlain(text, text);

    /// <summary>The name, or a failure that says what is wrong with it.</summary>
    public static string RequireUser(string user) =>
        HostNames.IsSafeUser(user) && !user.AsSpan().ContainsAny(" *?!~#[]^")
            ? user
            : throw new FailureException($"user name '{Printable.Escape(user)}' {Fault(user)}");

    private static string? UriBody(string text)
    {
        foreach (string scheme in (ReadOnlySpan<string>)["ssh://", "qssh://"])
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                return text[scheme.Length..];
        }

        return null;
    }

    /// <summary>RFC 3986: authority, with percent-encoding in the user, and nothing behind it but one slash.</summary>
    private static Destination ParseUri(string body, string text)
    {
        if (body.EndsWith('/'))
            body = body[..^1];

        int end = body.AsSpan().IndexOfAny("/?#");
        if (end >= 0)
            throw Bad(text, "has something behind the host; a destination URI is qssh://[user@]host[:port]");

        int at = body.LastIndexOf('@');
        if (at >= 0 && body.AsSpan(0, at).Contains(':'))
            throw Bad(text[..text.IndexOf("//", StringComparison.Ordinal)], "holds a password, which is never taken from the command line");

        // RFC 6874: the percent sign of an IPv6 zone is itself encoded.
        return ParsePlain(at < 0 ? body.Replace("%25", "%") : Decode(body[..at], text) + "@" + body[(at + 1)..].Replace("%25", "%"), text);
    }

    private static Destination ParsePlain(string text, string whole)
    {
        int at = text.LastIndexOf('@');
        if (at == 0)
            throw Bad(whole, "has nothing before the '@'");

        string? user = at < 0 ? null : RequireUser(text[..at]);
        string rest = text[(at + 1)..];
        return rest.StartsWith('[') ? ParseBracketed(user, rest, whole) : ParseHostPort(user, rest, whole);
    }

    private static Destination ParseBracketed(string? user, string rest, string whole)
    {
        int close = rest.IndexOf(']');
        if (close < 0)
            throw Bad(whole, "has no ']' for its '['");

        string host = RequireHost(rest[1..close]);
        string tail = rest[(close + 1)..];
        if (tail.Length == 0)
            return new Destination(user, host, null);

        return tail[0] == ':' ? new Destination(user, host, ParsePort(tail[1..], whole)) : throw Bad(whole, "has something other than ':port' behind its ']'");
    }

    private static Destination ParseHostPort(string? user, string rest, string whole)
    {
        int colon = rest.IndexOf(':');
        if (colon < 0 || rest.IndexOf(':', colon + 1) >= 0)
            return new Destination(user, RequireHost(rest), null);

        return new Destination(user, RequireHost(rest[..colon]), ParsePort(rest[(colon + 1)..], whole));
    }

    private static int ParsePort(string text, string whole) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw Bad(whole, $"has the port '{Printable.Escape(text)}'; ports are numbers from 1 to 65535");

    private static string RequireHost(string host)
    {
        // '/' would leave the directory of a control socket, ',' end an entry of known_hosts, '@' and '=' start another word of a setting.
        if (!HostNames.IsSafeHost(host) || host.AsSpan().ContainsAny("/,@=~^[]"))
            throw new FailureException($"host name '{Printable.Escape(host)}' {Fault(host)}");

        int zone = host.IndexOf('%');
        ReadOnlySpan<char> address = zone < 0 ? host : host.AsSpan(0, zone);
        if (address.Contains(':') && address.ContainsAnyExcept(AddressCharacters))
            throw new FailureException($"host name '{Printable.Escape(host)}' is no IPv6 address, and names have no ':'");

        return host;
    }

    private static string Decode(string user, string whole)
    {
        for (int i = user.IndexOf('%'); i >= 0; i = user.IndexOf('%', i + 1))
        {
            if (i + 2 >= user.Length || !char.IsAsciiHexDigit(user[i + 1]) || !char.IsAsciiHexDigit(user[i + 2]))
                throw Bad(whole, "has a '%' in the user that is not followed by two hexadecimal digits");
        }

        return Uri.UnescapeDataString(user);
    }

    private static string Fault(string name)
    {
        if (name.Length == 0)
            return "is empty";

        return name[0] == '-'
            ? "starts with '-': it would be taken for an option elsewhere"
            : "is too long or holds a blank, a control character or one that means something to a shell or in a file";
    }

    private static FailureException Bad(string text, string fault) => new($"destination '{Printable.Escape(text)}' {fault}");
}
