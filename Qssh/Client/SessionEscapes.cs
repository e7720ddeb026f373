using Qssh.Config;
using Qssh.Mux;
using Qssh.Wire.Messages.Connection;

namespace Qssh.Client;

/// <summary>Carries the escapes of an interactive session out.</summary>
internal sealed class SessionEscapes(SessionCarrier carrier, RemoteSession session, ConnectionFacts facts, byte escape, ClientLog log) : IEscapeActions
{
    private const uint BreakMilliseconds = 1000;

    private string Name => escape < ' ' ? "^" + (char)(escape | 0x40) : ((char)escape).ToString();

    public void SendHeld(byte character) => session.Channel.SendData(DataStream.Plain, [character]);

    public void Run(EscapeCommand command)
    {
        switch (command)
        {
            case EscapeCommand.Disconnect:
                log.Say($"{Name}.");
                carrier.Disconnect();
                break;
            case EscapeCommand.Suspend:
                log.Say($"{Name}^Z [suspend qssh]");
                carrier.Suspend();
                break;
            case EscapeCommand.List:
                log.Say($"{Name}#\nThe following connections are open:\n  #{session.Channel.Id} session with terminal");
                break;
            case EscapeCommand.Information:
                log.Say($"{Name}I\n{facts.Describe()}");
                break;
            case EscapeCommand.Rekey:
                log.Say(facts.Link.Rekey() ? $"{Name}R [new keys requested]" : $"{Name}R [new keys are on their way, or were made often enough lately]");
                break;
            case EscapeCommand.Break:
                log.Say($"{Name}B [sent break]");
                session.Channel.Send(new BreakRequest { Channel = session.Channel.Id, Milliseconds = BreakMilliseconds });
                break;
            case EscapeCommand.MoreVerbose:
                ChangeVerbosity("v", +1);
                break;
            case EscapeCommand.LessVerbose:
                ChangeVerbosity("V", -1);
                break;
            case EscapeCommand.Unsupported:
                log.Say($"{Name}: not available in this version");
                break;
            default:
                log.Say(Help());
                break;
        }
    }

    private void ChangeVerbosity(string letter, int step)
    {
        log.Level = (LogVerbosity)Math.Clamp((int)log.Level + step, (int)LogVerbosity.Quiet, (int)LogVerbosity.Debug3);
        log.Say($"{Name}{letter} [LogLevel {Show.Log(log.Level)}]");
    }

    private string Help() =>
        $"""
        {Name}?
        Supported escape sequences:
         {Name}.   - terminate the connection
         {Name}^Z  - suspend qssh
         {Name}#   - list open channels
         {Name}I   - show what this connection is: peer, tier, suite, keys, bytes
         {Name}R   - request new keys
         {Name}B   - send a BREAK to the remote system
         {Name}V/v - decrease/increase verbosity (LogLevel)
         {Name}?   - this message
         {Name}{Name}   - send the escape character by typing it twice
        (Note that escapes are only recognized immediately after newline.)
        """;
}
