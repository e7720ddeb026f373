using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

/// <summary>Connections that end after any number of bytes, either way: never a success with a file that is not whole.</summary>
[Collection(EndToEndTests.Name)]
public sealed class CutConnectionTests(DropInServer server) : IClassFixture<DropInServer>
{
    private const int Size = 1_000_000;

    [BinaryTheory]
    [InlineData("scp -q f box:$PWD/g")]
    [InlineData("scp -q box:$PWD/f g")]
    [InlineData("scp -q --atomic f box:$PWD/g")]
    [InlineData("scp -q --atomic box:$PWD/f g")]
    [InlineData("scp -q -O -S $PWD/ours f box:$PWD/g")]
    [InlineData("scp -q -O -S $PWD/ours box:$PWD/f g")]
    [InlineData("sftp -q -b put box")]
    [InlineData("sftp -q -b get box")]
    public void A_cut_is_told(string command) => Prop.ForAll(Gen.Choose(1_000, Size * 11 / 10).ToArbitrary(), bytes =>
    {
        long passed = 0;
        using TcpRelay relay = new(server.Server.Port)
        {
            Tap = (_, data) =>
            {
                if (Interlocked.Add(ref passed, data.Length) > bytes)
                    throw new SocketException((int)SocketError.ConnectionReset);
            },
        };
        ProgramRun run = server.Run($$"""
            printf '#!/bin/bash\nexec "%s" -p {{relay.Port}} "${@:1:$#-1}" "%s ${@: -1}"\n' "$QSSH" "$QSSH" > ours; chmod +x ours
            echo "put f $PWD/g" > put; echo "get $PWD/f $PWD/g" > get
            head -c {{Size}} /dev/urandom > f; s=0; timeout 20 $QSSH {{command.Replace(" -q ", $" -q -P {relay.Port} ")}} >/dev/null || s=$?
            if test $s = 0; then cmp f g; echo whole; exit; fi
            test $s = 1 || test $s = 255
            if test -e g && ! cmp -s f g; then cmp -n $(stat -c %s g) f g; echo partial; else echo "none or whole"; fi
            """);
        Assert.True(run.ExitCode == 0, $"{bytes}: {run.ExitCode}: {run.Errors}\n{run.Text}");
        if (run.Text == "partial\n")
            Assert.Matches("[fg]\"(: Connection| is not whole)", run.Errors);
        Assert.Equal(run.Text == "whole\n", run.Errors.Length == 0);
        Assert.False(command.Contains("atomic") && run.Text == "partial\n");
    }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(5));
}
