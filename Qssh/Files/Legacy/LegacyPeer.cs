using Qssh.Platform;
using Qssh.Telemetry.Log;

namespace Qssh.Files.Legacy;

/// <summary>
/// Answers of the old protocol, in both directions: a zero byte for success, 1 and a line for a file that failed, 2 and a line for the end of
/// everything. Only the side that the user started tells its report to a person; the other side's words travel to it in these lines.
/// </summary>
internal sealed class LegacyPeer(LegacyLink link, TransferReport report)
{
    private const byte Warning = 1, Fatal = 2;

    public LegacyLink Link => link;

    public void Accept() => Send([0]);

    /// <summary>This file failed, here; the peer goes on.</summary>
    public void Fail(string text)
    {
        report.Fail(text);
        Send(Message(Warning, text));
    }

    /// <summary>The peer's file failed elsewhere, and that was told.</summary>
    public void Refuse() => Send(Message(Warning, "not copied"));

    /// <summary>The peer does what it may not, or cannot be served at all.</summary>
    public LegacyEndException End(string text)
    {
        report.Fail(text);
        link.Write(Message(Fatal, text));
        return new LegacyEndException();
    }

    /// <param name="left">What was begun and is not whole now.</param>
    public LegacyEndException Lost(string? left = null)
    {
        report.Fail(left is null ? "lost connection" : $"lost connection; {TransferReport.Quote(left)} is not whole");
        return new LegacyEndException();
    }

    public void Send(ReadOnlySpan<byte> data)
    {
        if (!link.Write(data))
            throw Lost();
    }

    /// <summary>The next answer. False: the peer could not do it, and that was told.</summary>
    /// <param name="left">What is not whole if the connection is lost here.</param>
    public bool ReadReply(string? left = null)
    {
        int code = link.ReadByte();
        if (code < 0)
            throw Lost(left);
        if (code == 0)
            return true;
        if (code is not (Warning or Fatal))
            throw End($"protocol error: an answer that begins with byte {code}");
        Take((byte)code);
        return false;
    }

    /// <summary>The next record, or null where the stream ends between two. Messages in between are told.</summary>
    public string? ReadRecord()
    {
        while (true)
        {
            int code = link.ReadByte();
            if (code < 0)
                return null;
            if (code is Warning or Fatal)
                Take((byte)code);
            else if (code is '\n' || link.ReadLine() is not { } line)
                throw End("protocol error: a record that is empty, cut off or too long");
            else
                return (char)code + line;
        }
    }

    /// <summary>A message of the peer: one line, escaped, as anybody may have written it.</summary>
    private void Take(byte code)
    {
        const string Name = "scp: ";
        string text = link.ReadLine() ?? throw End("protocol error: a message that is cut off or too long");
        if (text.StartsWith(Name, StringComparison.Ordinal))
            text = text[Name.Length..];
        report.Fail(PeerText.Escape(text, 4096));
        if (code == Fatal)
            throw new LegacyEndException();
    }

    private static byte[] Message(byte code, string text) => [code, .. ByteText.ToBytes($"scp: {text}\n")];
}
