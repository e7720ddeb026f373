using System.Reflection;
using System.Text.RegularExpressions;
using Qssh.Wire;

namespace Qssh.Tests.Docs;

/// <summary>The message tables of docs/protocol.md, sections 3 and 17, say what the declared structs say: type, name, fields, their order and widths.</summary>
public sealed partial class ProtocolMessageTests
{
    private static readonly Dictionary<string, (byte Type, string[] Fields)> s_documented = Read();

    private static readonly Type[] s_declared = [.. typeof(WireReader).Assembly.GetTypes().Where(type => type.GetCustomAttribute<WireMessageAttribute>() is not null)];

    public static TheoryData<string> Names => [.. s_declared.Select(type => type.Name)];

    [Fact]
    public void Every_message_is_in_one_table() =>
        Assert.Equal(s_declared.Select(type => type.Name).Order(StringComparer.Ordinal), s_documented.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Type_and_fields_are_the_documented_ones(string name)
    {
        Type message = s_declared.Single(type => type.Name == name);
        (byte type, string[] fields) = s_documented[name];
        Assert.Equal(message.GetCustomAttribute<WireMessageAttribute>()!.Type, type);
        Assert.Equal(fields, Fields(message).Select(property => Describe(property, fields)));
    }

    private static Dictionary<string, (byte, string[])> Read()
    {
        Dictionary<string, (byte, string[])> messages = [];
        foreach (string line in Markdown.Section("docs/protocol.md", "## 3.").Concat(Markdown.Section("docs/protocol.md", "## 17.")))
        {
            if (Markdown.Cells(line) is [var type, var name, _, var body] && byte.TryParse(type, System.Globalization.NumberStyles.HexNumber, null, out byte number))
                messages.Add(name.Split(' ')[^1], (number, [.. Split(body.Split('`')[1])]));
        }

        return messages;
    }

    /// <summary>"name width" for each field of a body, without remarks.</summary>
    private static IEnumerable<string> Split(string body)
    {
        string text = Remark().Replace(RestOf().Replace(body, "rest"), "").Replace(" ×", "").Replace(" [", ", ").Replace("]", "");
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = part.Split(" = ")[0].Split(' ');
            yield return words.Length == 1 ? words[0] : $"{string.Concat(words[..^1]).Replace("_", "").ToLowerInvariant()} {words[^1]}";
        }
    }

    /// <summary>Fields are what can be given, and constants.</summary>
    private static IEnumerable<PropertyInfo> Fields(Type message) =>
        message.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is not null || property.GetCustomAttribute<ExpectAttribute>() is not null)
            .OrderBy(property => property.MetadataToken);

    private static string Describe(PropertyInfo property, string[] documented)
    {
        if (property.GetCustomAttribute<ExpectAttribute>()?.Value is string literal)
            return $"\"{literal}\"";
        string name = property.Name.ToLowerInvariant();
        if (property.PropertyType == typeof(bool) && name.StartsWith("has", StringComparison.Ordinal))
            name = name[3..];

        // "first part" is the field First: the page may use one word more.
        string[] candidates = [.. documented.Where(field => field.StartsWith(name, StringComparison.Ordinal) && field.Contains(' '))];
        string shown = candidates.Length > 0 ? candidates[0].Split(' ')[0] : name;
        return $"{shown} {Width(property, candidates.Length > 0 ? candidates[0].Split(' ')[1] : "")}";
    }

    private static string Width(PropertyInfo property, string documented)
    {
        if (property.GetCustomAttribute<RestAttribute>() is not null)
            return "rest";
        if (property.GetCustomAttribute<FixedAttribute>() is { } fixedLength)
            return fixedLength.Length.ToString();
        if (property.GetCustomAttribute<Length8Attribute>() is { } short8)
            return Bytes("b8", short8.Min, short8.Max, documented);
        if (property.GetCustomAttribute<Length16Attribute>() is { } long16)
            return Bytes("b16", long16.Min, long16.Max, documented);
        if (property.GetCustomAttribute<List8Attribute>() is not null)
            return property.PropertyType == typeof(U16List) ? "b8<u16…>" : property.PropertyType == typeof(ReadOnlySpan<byte>) ? "b8<u8…>" : "u8";
        Type type = property.PropertyType.IsEnum ? property.PropertyType.GetEnumUnderlyingType() : property.PropertyType;
        return type == typeof(bool) || type == typeof(byte) ? "u8" : type == typeof(ushort) ? "u16" : type == typeof(uint) ? "u32" : type == typeof(ulong) ? "u64" : type.Name;
    }

    /// <summary>A length that the page states must be the code's; a list of single bytes is a b8 as well.</summary>
    private static string Bytes(string prefix, int min, int max, string documented)
    {
        if (documented == prefix + "<>" || (documented == "b8<u8…>" && prefix == "b8"))
            return documented;
        return min == max ? $"{prefix}<{max}>" : $"{prefix}<≤{max}>";
    }

    [GeneratedRegex(@"\(rest[^)]*\)")]
    private static partial Regex RestOf();

    [GeneratedRegex(@" ?\([^)]*\)")]
    private static partial Regex Remark();
}
