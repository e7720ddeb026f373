using System.IO.Enumeration;
using System.Net;

namespace Qssh.Identity;

/// <summary>
/// The list of <c>from=</c>: addresses with <c>*</c> and <c>?</c>, networks as <c>address/bits</c>, each may be negated. Host names
/// are never looked up, so a pattern that is a name matches nothing. A negated match refuses.
/// </summary>
internal sealed class AddressPatterns
{
    private readonly List<Pattern> _patterns = [];

    /// <summary>Null: the list is empty or a network in it is malformed. Such a list must not be half understood.</summary>
    public static AddressPatterns? TryParse(string list)
    {
        AddressPatterns result = new();
        foreach (string item in list.Split(','))
        {
            string text = item.Trim();
            bool negated = text.StartsWith('!');
            if (negated)
                text = text[1..];
            if (text.Length == 0)
                return null;
            if (!text.Contains('/'))
                result._patterns.Add(new Pattern(negated, text, null));
            else if (TryNetwork(text) is { } network)
                result._patterns.Add(new Pattern(negated, text, network));
            else
                return null;
        }

        return result;
    }

    public bool Matches(IPAddress address)
    {
        // Through the bytes: a scope id is local to the connection and never part of a pattern.
        IPAddress plain = new((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes());
        string text = plain.ToString();
        bool matched = false;
        foreach (Pattern pattern in _patterns)
        {
            if (!pattern.Matches(plain, text))
                continue;
            if (pattern.IsNegated)
                return false;
            matched = true;
        }

        return matched;
    }

    /// <summary>Bits outside of the mask must be zero: <c>10.0.0.1/8</c> is a mistake that could be meant in two ways.</summary>
    private static IPNetwork? TryNetwork(string text)
    {
        string[] parts = text.Split('/');
        bool digits = parts.Length == 2 && parts[1].Length is > 0 and <= 3 && parts[1].AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
        return digits && IPNetwork.TryParse(text, out IPNetwork network) ? network : null;
    }

    private sealed record Pattern(bool IsNegated, string Text, IPNetwork? Network)
    {
        public bool Matches(IPAddress address, string text)
        {
            if (Network is { } network)
                return network.Contains(address);
            return IPAddress.TryParse(Text, out IPAddress? single)
                ? single.Equals(address)
                : FileSystemName.MatchesSimpleExpression(Text, text, ignoreCase: true);
        }
    }
}
