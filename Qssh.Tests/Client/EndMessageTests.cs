using Qssh.Client;
using Qssh.Errors;
using Qssh.Transport;

namespace Qssh.Tests.Client;

public sealed class EndMessageTests
{
    [Fact]
    public void Every_end_has_its_words()
    {
        Assert.Equal("Connection to h closed by remote host.", EndMessages.Of("h", null));
        Assert.Equal("Connection to h closed by remote host without a goodbye: output may be missing.", EndMessages.Of("h", new ConnectionEndException(EndCause.Truncated, "x")));
        Assert.Equal("Timeout, server h not responding.", EndMessages.Of("h", new ConnectionEndException(EndCause.TimedOut, "x")));
        Assert.Equal("Connection to h closed by remote host: the peer is shutting down.", EndMessages.Of("h", ConnectionEndException.FromAlert(AlertCode.ShuttingDown)));
        Assert.Equal("Connection to h ended: connection lost: reset", EndMessages.Of("h", new ConnectionEndException(EndCause.Broken, "connection lost: reset")));
        Assert.Equal("Connection to h ended: window overflow", EndMessages.Of("h", new ProtocolException(AlertCode.ProtocolError, "window overflow")));
    }
}
