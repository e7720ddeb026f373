namespace Qssh.Identity;

/// <summary>Elements of DER up to 65,535 bytes, written from the front; lengths are known beforehand.</summary>
internal ref struct DerWriter(Span<byte> output)
{
    private readonly Span<byte> _output = output;
    private int _position;

    /// <summary>Size of an element with so much content.</summary>
    public static int Size(int content) => content + (content <= 0x7F ? 2 : content <= 0xFF ? 3 : 4);

    public void Header(byte tag, int length)
    {
        _output[_position++] = tag;
        if (length > 0xFF)
        {
            _output[_position++] = 0x82;
            _output[_position++] = (byte)(length >> 8);
        }
        else if (length > 0x7F)
        {
            _output[_position++] = 0x81;
        }

        _output[_position++] = (byte)length;
    }

    public void Bytes(ReadOnlySpan<byte> content)
    {
        content.CopyTo(_output[_position..]);
        _position += content.Length;
    }
}
