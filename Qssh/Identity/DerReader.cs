using Qssh.Errors;

namespace Qssh.Identity;

/// <summary>
/// Takes elements off DER (X.690): tags of one byte, definite lengths in their shortest form. As much of it as keys need; what is
/// malformed is a <see cref="ProtocolException"/>.
/// </summary>
internal ref struct DerReader(ReadOnlySpan<byte> content)
{
    public const byte Integer = 0x02, BitString = 0x03, OctetString = 0x04, ObjectIdentifier = 0x06, Sequence = 0x30;
    public const byte Context0 = 0x80, Context1 = 0x81, ConstructedContext0 = 0xA0;

    private ReadOnlySpan<byte> _rest = content;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Tag of the next element; 0 at the end.</summary>
    public readonly byte NextTag => _rest.IsEmpty ? (byte)0 : _rest[0];

    public ReadOnlySpan<byte> Take(byte tag)
    {
        if (NextTag != tag || _rest.Length < 2)
            ProtocolException.Throw("DER: another element");
        int header = 2, length = _rest[1];
        if (length > 0x7F)
        {
            int count = length & 0x7F;
            if (count is 0 or > 2 || _rest.Length < 2 + count)
                ProtocolException.Throw("DER: length");
            length = count == 1 ? _rest[2] : (_rest[2] << 8) | _rest[3];
            header += count;
            if (length <= (count == 1 ? 0x7F : 0xFF))
                ProtocolException.Throw("DER: length is not in its shortest form");
        }

        if (_rest.Length - header < length)
            ProtocolException.Throw("DER: cut short");
        ReadOnlySpan<byte> element = _rest.Slice(header, length);
        _rest = _rest[(header + length)..];
        return element;
    }

    public readonly void ExpectEnd()
    {
        if (!_rest.IsEmpty)
            ProtocolException.Throw("DER: something follows");
    }
}
