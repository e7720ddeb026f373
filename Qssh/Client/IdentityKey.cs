using Qssh.Identity;

namespace Qssh.Client;

/// <summary>A key file of the user: the public half is known, the private half opened when the server can be shown it.</summary>
internal sealed class IdentityKey : IDisposable
{
    private readonly StoredKey _stored;

    private IdentityKey(StoredKey stored, string path)
    {
        _stored = stored;
        Path = path;
    }

    public string Path { get; }

    public PublicKey Identity => _stored.Public;

    /// <summary>Null: it is protected and not opened yet.</summary>
    public FileSigner? Signer { get; private set; }

    /// <summary>A key without a passphrase is opened at once.</summary>
    public static IdentityKey Read(string path)
    {
        StoredKey stored = PrivateKeyFile.Read(path);
        IdentityKey key = new(stored, path);
        try
        {
            if (stored.IsProtected)
                stored.RequireOpenable();
            else
                key.Signer = new FileSigner(stored.Open());
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>False: the passphrase is wrong.</summary>
    public bool TryOpen(ReadOnlySpan<byte> passphrase)
    {
        if (Signer is null && _stored.TryOpen(passphrase) is { } key)
            Signer = new FileSigner(key);
        return Signer is not null;
    }

    public void Dispose()
    {
        Signer?.Dispose();
        _stored.Dispose();
    }
}
