using System.Text;

namespace Qssh.Platform.Native;

/// <summary>Text on its way to the C library and back: UTF-8, or the bytes of <see cref="ByteText"/>, ended by a zero byte.</summary>
internal static unsafe class NativeText
{
    /// <summary>Encoded with its zero. Text with a zero inside is refused: the library would silently see only its beginning.</summary>
    public static byte[] Of(string text)
    {
        if (text.Contains('\0'))
            throw new ArgumentException("text for the system must not contain NUL", nameof(text));

        return [.. ByteText.ToBytes(text), 0];
    }

    public static string From(byte* text) => Encoding.UTF8.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
