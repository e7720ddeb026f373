using System.Buffers.Binary;
using System.Diagnostics;
using Qssh.Sftp;
using Qssh.Tests.Support;

namespace Qssh.Tests.Sftp;

/// <summary>A server of files as a process of its own, over pipes.</summary>
internal sealed class PipeSftp : SftpExchange
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <param name="program">Anything that serves SFTP on its standard input and output.</param>
    public PipeSftp(string program, params string[] arguments)
    {
        _process = ProgramRun.Start(program, arguments);
        _errors = _process.StandardError.ReadToEndAsync();
        Version = Init();
    }

    public SftpReply Version { get; }

    public int Id => _process.Id;

    public override byte[] Transfer(byte[] packet)
    {
        Write(packet);
        return ReadPacket();
    }

    public void Write(byte[] bytes)
    {
        _process.StandardInput.BaseStream.Write(bytes);
        _process.StandardInput.BaseStream.Flush();
    }

    public byte[] ReadPacket()
    {
        byte[] length = new byte[4];
        _process.StandardOutput.BaseStream.ReadExactly(length);
        byte[] packet = new byte[4 + BinaryPrimitives.ReadInt32BigEndian(length)];
        length.CopyTo(packet, 0);
        _process.StandardOutput.BaseStream.ReadExactly(packet.AsSpan(4));
        return packet;
    }

    /// <summary>Closes the client's side and waits; with what was said on standard error.</summary>
    public (int Status, string Errors) End()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            throw new TimeoutException("the server of files does not end");
        return (_process.ExitCode, _errors.Result);
    }

    public override void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
