using Qssh.Tests.Support;
using Qssh.Wire.Messages.Auth;
using Qssh.Wire.Messages.Transport;
using Xunit;

namespace Qssh.Tests.Wire;

/// <summary>The messages of the known answers are read and written back to the same bytes.</summary>
public sealed class KnownMessageTests
{
    [Theory]
    [InlineData("messages", "CH", nameof(ClientHello))]
    [InlineData("psk", "CH", nameof(ClientHello))]
    [InlineData("retry", "HR", nameof(HelloRetry))]
    [InlineData("messages", "SH", nameof(ServerHello))]
    [InlineData("messages", "SA", nameof(ServerParams))]
    [InlineData("messages", "SI", nameof(ServerIdentity))]
    [InlineData("messages", "SP", nameof(ServerProof))]
    [InlineData("messages", "SF", nameof(ServerFinished))]
    [InlineData("qkd", "QK", nameof(QkdKey))]
    [InlineData("messages", "CF", nameof(ClientFinished))]
    [InlineData("messages", "UA", nameof(UserAuth))]
    [InlineData("messages", "AR", nameof(AuthResult))]
    [InlineData("rekey_by_client", "RI", nameof(RekeyInit))]
    [InlineData("rekey_by_client", "RR", nameof(RekeyReply))]
    public void Known_message_survives_reading_and_writing(string section, string label, string name)
    {
        byte[] message = ProtocolVectors.Hex(section, label);
        Assert.Equal(message, MessageContractTests.Kinds.Single(k => k.Name == name).Reserialize(message));
    }

    [Fact]
    public void Client_hello_has_the_known_values()
    {
        ClientHello hello = ClientHello.ReadMessage(ProtocolVectors.Hex("messages", "CH"));
        Assert.Equal(1, hello.Versions.Count);
        Assert.Equal(1, hello.Versions[0]);
        Assert.Equal(ProtocolVectors.Hex("inputs", "client_random"), hello.Random.ToArray());
        Assert.Equal<byte>([2, 3, 4], hello.Tiers.ToArray());
        Assert.True(hello.Suites.Contains(0x0104));
        Assert.Equal(1, hello.Kem);
        Assert.Equal(ProtocolVectors.Hex("kem", "share"), hello.Share.ToArray());
        Assert.True(hello.Options.IsEmpty);
    }

    [Fact]
    public void Binder_of_the_psk_hello_is_its_end()
    {
        byte[] message = ProtocolVectors.Hex("psk", "CH");
        ClientHelloOptions options = ClientHello.ReadMessage(message).ReadOptions();
        Assert.Equal(EarlyKind.PreSharedKey, options.Early);
        Assert.Equal(ProtocolVectors.Hex("psk", "hint"), options.EarlyInput.ToArray());
        Assert.Equal(ProtocolVectors.Hex("psk", "binder"), options.Binder.ToArray());
        Assert.Equal(message[^ClientHelloOptions.BinderSize..], options.Binder.ToArray());
    }

    [Fact]
    public void Retry_has_the_known_values()
    {
        HelloRetry retry = HelloRetry.ReadMessage(ProtocolVectors.Hex("retry", "HR"));
        Assert.Equal(ProtocolVectors.Number("retry", "work_bits"), retry.Work);
        Assert.Equal(ProtocolVectors.Hex("retry", "cookie"), retry.Cookie.ToArray());
    }

    [Fact]
    public void Auth_result_has_the_known_ticket()
    {
        AuthResult result = AuthResult.ReadMessage(ProtocolVectors.Hex("messages", "AR"));
        Assert.Equal(AuthStatus.Success, result.Status);
        Assert.Equal(86_400u, result.DetachSeconds);
        Assert.Equal(1, result.Tickets.Count);
        Assert.Equal(ProtocolVectors.Hex("resume", "handle"), result.Tickets[0].Handle.ToArray());
        Assert.Equal(28_800u, result.Tickets[0].Lifetime);
    }

    [Fact]
    public void User_auth_has_the_known_names()
    {
        UserAuth auth = UserAuth.ReadMessage(ProtocolVectors.Hex("messages", "UA"));
        Assert.Equal("user"u8, auth.User);
        Assert.Equal("qssh-connection"u8, auth.Service);
        Assert.Equal(AuthMethods.PublicKey, auth.Method);
    }
}
