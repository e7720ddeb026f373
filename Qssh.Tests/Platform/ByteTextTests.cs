using System.Security.Cryptography;
using System.Text;
using Qssh.Platform;

namespace Qssh.Tests.Platform;

public sealed class ByteTextTests
{
    [Fact]
    public void Any_bytes_come_back()
    {
        for (int length = 0; length < 300; length++)
        {
            byte[] bytes = RandomNumberGenerator.GetBytes(length);
            Assert.Equal(bytes, ByteText.ToBytes(ByteText.From(bytes)));
        }

        for (int first = 0; first < 256; first++)
        {
            foreach (byte[] bytes in (byte[][])[[(byte)first], [(byte)first, 0x80], [0xE2, (byte)first, 0x41], [0xF0, 0x9F, 0x98, (byte)first], [0xED, 0xB2, (byte)first]])
                Assert.Equal(bytes, ByteText.ToBytes(ByteText.From(bytes)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("gr\u00fc\u00dfe \U0001F600")]
    public void Valid_text_is_itself(string text)
    {
        Assert.Equal(text, ByteText.From(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(Encoding.UTF8.GetBytes(text), ByteText.ToBytes(text));
    }

    [Fact]
    public void Other_lone_surrogates_become_the_replacement()
    {
        Assert.Equal("\uFFFD"u8.ToArray(), ByteText.ToBytes("\uD800"));
        Assert.Equal([.. "\uFFFD"u8, 0xFF], ByteText.ToBytes("\uDC00\uDCFF"));
    }
}
