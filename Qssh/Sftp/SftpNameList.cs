namespace Qssh.Sftp;

/// <summary>One name of a listing, as views of the packet.</summary>
internal readonly ref struct SftpName(ReadOnlySpan<byte> fileName, ReadOnlySpan<byte> longName, SftpAttributes attributes)
{
    public ReadOnlySpan<byte> FileName { get; } = fileName;

    /// <summary>A line as of <c>ls -l</c>, for people.</summary>
    public ReadOnlySpan<byte> LongName { get; } = longName;

    public SftpAttributes Attributes { get; } = attributes;
}

/// <summary>The names of an SSH_FXP_NAME reply (draft-ietf-secsh-filexfer-02, section 7), behind its id. Read one after the other.</summary>
internal ref struct SftpNameList
{
    private const int SmallestName = 3 * sizeof(uint);

    private SftpReader _reader;

    public SftpNameList(SftpReader reader)
    {
        _reader = reader;
        Remaining = _reader.Count(SmallestName, "names");
    }

    /// <summary>Names not read yet.</summary>
    public int Remaining { get; private set; }

    /// <returns>False at the end.</returns>
    /// <exception cref="Errors.ProtocolException">A name that is not as prescribed. Whether it is safe to use is for the caller.</exception>
    public bool TryNext(out SftpName name)
    {
        name = default;
        if (Remaining == 0)
            return false;
        Remaining--;
        ReadOnlySpan<byte> fileName = _reader.Path("name"), longName = _reader.ByteString(SftpLimits.Text, "long name");
        name = new SftpName(fileName, longName, _reader.Attributes());
        return true;
    }
}
