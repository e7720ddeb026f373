using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Json;
using Xunit;

namespace Qssh.Tests.Json;

/// <summary>The reader takes RFC 8259 and nothing beside it; System.Text.Json is the reference.</summary>
public sealed class JsonTreeTests
{
    [Theory]
    [InlineData("0", true)]
    [InlineData(" [1, -2.5e+3, 0.1, true, false, null, \"\"] ", true)]
    [InlineData("{\"a\": {\"b\": []}, \"c\": {}}", true)]
    [InlineData("\"\\u00e9\\n\\/\\\"\"", true)]
    [InlineData("", false)]
    [InlineData("01", false)]
    [InlineData("+1", false)]
    [InlineData("1.", false)]
    [InlineData(".5", false)]
    [InlineData("1e", false)]
    [InlineData("-", false)]
    [InlineData("NaN", false)]
    [InlineData("tru", false)]
    [InlineData("nulll", false)]
    [InlineData("[1,]", false)]
    [InlineData("[,1]", false)]
    [InlineData("[1 2]", false)]
    [InlineData("[1", false)]
    [InlineData("{\"a\":1,}", false)]
    [InlineData("{\"a\" 1}", false)]
    [InlineData("{a:1}", false)]
    [InlineData("{\"a\":1", false)]
    [InlineData("'a'", false)]
    [InlineData("\"a", false)]
    [InlineData("\"\\x\"", false)]
    [InlineData("\"\\u12g4\"", false)]
    [InlineData("\"a\tb\"", false)]
    [InlineData("1 2", false)]
    [InlineData("// c\n1", false)]
    [InlineData("\uFEFF1", false)]
    public void The_grammar(string text, bool isValid)
    {
        Assert.Equal(isValid, Parse(text) is not null);
        Assert.Equal(isValid, IsReferenceValid(text));
    }

    [Fact]
    public void Stricter_than_the_reference()
    {
        Assert.Null(Parse("{\"a\":1,\"b\":2,\"a\":3}"));
        Assert.Null(Parse("{\"\\u0061\":1}"));
        Assert.Null(JsonTree.Parse([(byte)'"', 0xC3, 0x28, (byte)'"'], out string? fault));
        Assert.Equal("not UTF-8", fault);
    }

    [Fact]
    public void Limits_hold()
    {
        Assert.NotNull(Parse(new string('[', 32) + "1" + new string(']', 32)));
        Assert.Null(Parse(new string('[', 33) + "1" + new string(']', 33)));
        Assert.Null(Parse(new string('[', 1_000_000)));
        Assert.Null(Parse("{" + string.Join(',', Enumerable.Range(0, 513).Select(i => $"\"{i}\":0")) + "}"));
        Assert.Null(Parse("\"" + new string('a', (16 << 20) + 1) + "\""));
        Assert.Null(Parse("[" + new string('0', (4 << 20) + 10).Replace("0", "0,") + "0]"));
    }

    [Fact]
    public void A_fault_says_where()
    {
        Assert.Null(JsonTree.Parse("{\n \"a\": [1,\n 2}"u8.ToArray(), out string? fault));
        Assert.Equal("',' or ']' was expected (line 3, byte 14)", fault);
    }

    [Fact]
    public void Values_are_found()
    {
        JsonNode root = Parse("{\"a\":{\"x\":[1,[2,3],{\"y\":4}]},\"b\":\"t\\u0041\\n\",\"c\":-12,\"d\":true,\"e\":1.5}")!.Root;
        Assert.True(root.TryGet("a"u8, out JsonNode a) && a.TryGet("x"u8, out JsonNode list) && list.Items().Count == 3);
        Assert.True(root.TryGet("b"u8, out JsonNode b));
        Assert.Equal("tA\n", b.Text());
        Assert.False(b.TryRaw(out _));
        Assert.True(root.TryGet("c"u8, out JsonNode c) && c.TryInteger(out int number) && number == -12);
        Assert.True(root.TryGet("d"u8, out JsonNode d) && d.Kind == JsonKind.True);
        Assert.True(root.TryGet("e"u8, out JsonNode e) && !e.TryInteger(out _));
        Assert.False(root.TryGet("x"u8, out _));
        Assert.Null(Parse("\"\\ud800\"")!.Root.Text());
    }

    [Fact]
    public void Any_damage_gives_a_tree_or_a_fault() => Prop.ForAll(Gen.Choose(0, 60).ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (place, value) =>
    {
        byte[] text = "{\"a\": [1, 2.5e3, \"x\\n\", {\"b\": null}], \"c\": \"\", \"d\": [[]]}   "u8.ToArray();
        text[place % text.Length] = (byte)value;
        JsonTree? tree = JsonTree.Parse(text, out string? fault);
        return tree is null == fault is not null && (tree is null || IsReferenceValid(text));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 2, "0.00")]
    [InlineData(1.005, 0, "1")]
    [InlineData(-12.345678, 3, "-12.346")]
    [InlineData(0.00004, 4, "0.0000")]
    [InlineData(0.06, 1, "0.1")]
    [InlineData(999.9999, 2, "1000.00")]
    [InlineData(1e300, 1, "1000000000000.0")]
    public void Numbers_with_a_point(double value, int digits, string expected) => Assert.Equal(expected, FixedPoint.Text(value, digits));

    [Fact]
    public void What_is_written_is_read_back()
    {
        JsonWriter writer = new();
        writer.Begin('{').Name("te\"xt").Value("a\\\"é\n\u001b").Name("list").Begin('[').Value(1).Value(true).Value(1.25).Value(double.NaN).End(']');
        string text = writer.Name("none").Begin('[').End(']').End('}').ToString();
        using JsonDocument document = JsonDocument.Parse(text);
        Assert.Equal("a\\\"é\n\u001b", document.RootElement.GetProperty("te\"xt").GetString());
        Assert.Equal("[1,true,1.2500,null]", string.Concat(document.RootElement.GetProperty("list").GetRawText().Where(c => !char.IsWhiteSpace(c))));
        Assert.NotNull(Parse(text.Replace("te\\\"xt", "text")));
    }

    private static JsonTree? Parse(string text) => JsonTree.Parse(Encoding.UTF8.GetBytes(text), out _);

    private static bool IsReferenceValid(string text) => IsReferenceValid(Encoding.UTF8.GetBytes(text));

    private static bool IsReferenceValid(byte[] text)
    {
        try
        {
            Utf8JsonReader reader = new(text);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
