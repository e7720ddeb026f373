using System.Text;
using Qssh.Identity;

namespace Qssh.Fuzz.Targets;

/// <summary>One line of authorized_keys. A user writes it, a privileged process reads it.</summary>
internal sealed class AuthorizedKeysTarget : IFuzzTarget
{
    public string Name => "authorized-keys";

    public void Run(ReadOnlySpan<byte> input)
    {
        AuthorizedKey line = AuthorizedKey.Parse(Encoding.UTF8.GetString(input));
        if (line.Key is not { } key)
            return;

        FuzzException.ThrowIf(line.Fault is not null, "a key and a fault");
        FuzzException.ThrowIf(!PublicKey.TryParseLine(key.ToLine(line.Comment), out PublicKey? again, out _) || !key.Equals(again), "another key when written back");
    }

    public bool IsExpected(Exception exception) => false;
}
