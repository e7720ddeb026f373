using System.Net;
using Qssh.Config;

namespace Qssh.Tests.Config;

/// <summary>A machine that answers as it is told and writes down what it was asked.</summary>
internal sealed class FakeMachine : ILocalMachine
{
    public List<string> Commands { get; } = [];

    public HashSet<string> Names { get; init; } = [];

    public string HostName => "here.example.org";

    public uint UserId => 1000;

    public List<IPAddress> Addresses => [IPAddress.Parse("192.0.2.7"), IPAddress.Parse("2001:db8::7")];

    public string Digest(string text) => $"<{text}>";

    public bool Succeeds(string command)
    {
        Commands.Add(command);
        return command.StartsWith("true", StringComparison.Ordinal);
    }

    public bool Resolves(string host)
    {
        Commands.Add(host);
        return Names.Contains(host);
    }
}
