using System.Text;
using Qssh.Crypto.Signatures;
using Qssh.Errors;
using Qssh.Secrets;
using Qssh.Wire;

namespace Qssh.Identity;

/// <summary>A private key file that was read and found whole; its private half is still closed. Holds secrets: dispose it.</summary>
internal sealed class StoredKey : IDisposable
{
    private readonly SecretBuffer _content;
    private readonly int _headerSize;
    private readonly bool _isPlain, _isKnown;
    private readonly byte[] _parameters;

    /// <param name="content">All fields and the check, which is right. Owned from here on, unless this throws.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="ProtocolException">Malformed.</exception>
    public StoredKey(SecretBuffer content, string name)
    {
        _content = content;
        Name = name;
        ReadOnlySpan<byte> fields = content.Span[..^PrivateKeyFormat.CheckSize];
        WireReader reader = new(fields);
        if (!reader.Bytes(PrivateKeyFormat.Magic.Length).SequenceEqual(PrivateKeyFormat.Magic))
            throw PrivateKeyFile.Damaged(name);
        byte version = reader.U8();
        if (version != PrivateKeyFormat.Version)
            throw new FailureException($"{name}: private key format version {version} is newer than this program");

        ReadOnlySpan<byte> kdf = reader.ByteString8();
        _parameters = reader.ByteString8().ToArray();
        ReadOnlySpan<byte> cipher = reader.ByteString8();
        Public = PublicKey.TryDecode(reader.ByteString16()) ?? throw PrivateKeyFile.Damaged(name);
        ReadOnlySpan<byte> section = reader.ByteString16();
        reader.ExpectEnd();
        _headerSize = fields.Length - section.Length - 2;
        _isPlain = kdf.SequenceEqual(PrivateKeyFormat.None) && cipher.SequenceEqual(PrivateKeyFormat.None) && _parameters.Length == 0;
        _isKnown = _isPlain || (kdf.SequenceEqual(KeyProtection.Kdf) && cipher.SequenceEqual(KeyProtection.Cipher));
        Comment = _isPlain ? CommentOf(section) : "";
    }

    public string Name { get; }

    public PublicKey Public { get; }

    public bool IsProtected => !_isPlain;

    /// <summary>Empty while it is protected.</summary>
    public string Comment { get; }

    private ReadOnlySpan<byte> Section => _content.Span[(_headerSize + 2)..^PrivateKeyFormat.CheckSize];

    /// <summary>Opens a key that is not protected.</summary>
    public PrivateKey Open()
    {
        if (_isPlain)
            return Read(Section);
        RequireOpenable();
        throw new FailureException(
            $"{Name}: the key is protected by a passphrase, which cannot be asked for here; to remove it: qssh keygen -p -N '' -f {Name}");
    }

    /// <summary>Throws if no passphrase could open it: another method, or a cost that is refused. To be called before anybody is asked.</summary>
    public void RequireOpenable() => Protection();

    /// <summary>Takes a moment: guessing shall be slow.</summary>
    /// <returns>Null: the passphrase is wrong.</returns>
    public PrivateKey? TryOpen(ReadOnlySpan<byte> passphrase)
    {
        if (_isPlain)
            return Read(Section);
        try
        {
            using SecretBuffer? section = Protection().TryOpen(passphrase, _content.Span[.._headerSize], Section);
            return section is null ? null : Read(section.Span);
        }
        catch (ProtocolException)
        {
            throw PrivateKeyFile.Damaged(Name);
        }
    }

    public void Dispose() => _content.Dispose();

    private static string CommentOf(ReadOnlySpan<byte> section)
    {
        WireReader reader = new(section);
        reader.ByteString16();
        return KeyComment.Clean(Encoding.UTF8.GetString(reader.ByteString16()));
    }

    private KeyProtection Protection()
    {
        if (!_isKnown)
            throw new FailureException($"{Name}: the key is protected in a way that this version cannot open");
        try
        {
            return KeyProtection.Parse(_parameters, Name);
        }
        catch (ProtocolException)
        {
            throw PrivateKeyFile.Damaged(Name);
        }
    }

    private PrivateKey Read(ReadOnlySpan<byte> section)
    {
        try
        {
            WireReader reader = new(section);
            ReadOnlySpan<byte> privateForm = reader.ByteString16();
            string comment = Encoding.UTF8.GetString(reader.ByteString16());
            reader.ExpectEnd();
            return Load(privateForm, KeyComment.Clean(comment));
        }
        catch (ProtocolException)
        {
            throw PrivateKeyFile.Damaged(Name);
        }
    }

    private PrivateKey Load(ReadOnlySpan<byte> privateForm, string comment)
    {
        SignatureAlgorithm algorithm = Public.Algorithm
            ?? throw new FailureException($"{Name}: {Public.TypeName} keys are not supported by this build");
        SigningKey key = algorithm.LoadKey(privateForm) ?? throw PrivateKeyFile.Damaged(Name);
        PrivateKey result = new(key, comment);
        if (result.Public.Equals(Public))
            return result;
        result.Dispose();
        throw new FailureException($"{Name}: the private key does not belong to the public key in the same file");
    }
}
