using System.Diagnostics;
using Qssh.Errors;
using Qssh.Handshake;
using Qssh.Identity;
using Qssh.Platform;
using Qssh.Record;
using Qssh.Transport;

namespace Qssh.Auth;

/// <summary>Looks up what a claim shows. Called for every claim, of known and unknown users alike.</summary>
internal interface IUserLookup
{
    /// <returns>What the account's files say of the claim's key, and whether the account may log in.</returns>
    public ValueTask<(KeyAuthorization Authorization, bool IsAllowed)> FindAsync(UserClaim claim);

    /// <summary>An attempt was judged; for the log.</summary>
    public void Judged(UserClaim claim, AuthVerdict verdict);
}

/// <summary>UA4 to AR2 over a connection: one flight in, one frame out, until the user is admitted or has no attempt left.</summary>
internal sealed class ServerAuthPhase(RecordConnection connection, ServerAuthentication authentication, IUserLookup lookup)
{
    /// <returns>Null: the attempts are used up; the caller closes with alert 7.</returns>
    public async ValueTask<AuthGrant?> RunAsync()
    {
        while (!authentication.IsClosed)
        {
            byte[] message = await ReceiveAsync();
            long arrived = Stopwatch.GetTimestamp();
            UserClaim claim = authentication.ConsumeUserAuth(message);
            (KeyAuthorization authorization, bool isAllowed) = await lookup.FindAsync(claim);
            AuthVerdict verdict = authentication.Decide(authorization, isAllowed);
            lookup.Judged(claim, verdict);
            if (verdict != AuthVerdict.Granted)
            {
                // One reading: between two of them a place on the grid could pass.
                TimeSpan elapsed = Stopwatch.GetElapsedTime(arrived);
                await Reactor.Current.DelayAsync(AnswerGrid.DueAfter(elapsed) - elapsed);
            }

            await AnswerAsync();
        }

        return authentication.Grant;
    }

    private async ValueTask<byte[]> ReceiveAsync()
    {
        using FlightReader reader = new(connection, FrameKind.Auth, HandshakeLimits.Flight, PaddingClass.Largest);
        byte[] message = await reader.ReadAsync();
        await reader.ReadPaddingAsync(PaddingClass.ForUserAuth(reader.Frames));
        if (connection.Received > HandshakeLimits.ClientFrames)
            ProtocolException.Throw(AlertCode.SessionLimit, "too many frames before login");
        return message;
    }

    private async ValueTask AnswerAsync()
    {
        byte[] buffer = new byte[HandshakeLimits.SingleFrame];
        int length = authentication.CreateAuthResult(buffer);
        connection.Writer.Append(FrameKind.Auth, buffer.AsSpan(0, length));
        await connection.FlushAsync();
    }
}
