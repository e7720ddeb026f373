using Qssh.Tests.EndToEnd;
using Qssh.Tests.Support;

namespace Qssh.Tests.DropIn;

[Collection(EndToEndTests.Name)]
public sealed class AnsibleTests(DropInServer server) : IClassFixture<DropInServer>
{
    /// <summary>The remote side runs Python; ansible's own connection sharing is off, as it is not built yet.</summary>
    [BinaryFact("ansible python3")]
    public void Ping_and_copy()
    {
        string output = server.Output("""
            export ANSIBLE_HOST_KEY_CHECKING=True ANSIBLE_SSH_EXECUTABLE="$QSSH" ANSIBLE_SFTP_EXECUTABLE=/usr/bin/sftp ANSIBLE_NOCOLOR=1 ANSIBLE_SSH_ARGS= ANSIBLE_LOCAL_TEMP=$PWD/tmp
            export ANSIBLE_SSH_TRANSFER_METHOD=piped
            echo 'box ansible_python_interpreter=/usr/bin/env\ python3' > inventory
            echo content > file
            ansible -i inventory all -m ping | grep -c SUCCESS
            ansible -i inventory all -m copy -a "src=$PWD/file dest=$PWD/copied" | grep -cE 'CHANGED|SUCCESS'
            cat copied
            """);
        Assert.Equal("1\n1\ncontent\n", output);
    }
}
