using Qssh.Secrets;

namespace Qssh.Schedule;

/// <summary>
/// The leaves of MS_0 (docs/protocol.md, section 5). Traffic secrets and rekey schedule can be taken out, once, by who drives them;
/// what is left is wiped here.
/// </summary>
internal sealed class SessionSecrets : IDisposable
{
    public const int MaximumExporterLabel = 255;

    // Session id, exporter root, resumption root, attach secret, attach handle.
    private readonly SecretBuffer _leaves = new(5 * Kdf.SecretSize);
    private TrafficSecret? _clientTraffic;
    private TrafficSecret? _serverTraffic;
    private RekeySchedule? _rekey;
    private bool _resumptionForgotten;

    private SessionSecrets(ReadOnlySpan<byte> master)
    {
        _clientTraffic = new TrafficSecret(master, Labels.Derive.FromMaster.ClientTraffic);
        _serverTraffic = new TrafficSecret(master, Labels.Derive.FromMaster.ServerTraffic);
        _rekey = new RekeySchedule(master);
        Kdf.Derive(master, Labels.Derive.FromMaster.SessionId, Leaf(0));
        Kdf.Derive(master, Labels.Derive.FromMaster.ExporterRoot, Leaf(1));
        Kdf.Derive(master, Labels.Derive.FromMaster.ResumptionRoot, Leaf(2));
        Kdf.Derive(master, Labels.Derive.FromMaster.AttachSecret, Leaf(3));
        Kdf.Derive(master, Labels.Derive.FromMaster.AttachHandle, Leaf(4));
    }

    public TrafficSecret ClientTraffic => _clientTraffic ?? throw Taken();

    public TrafficSecret ServerTraffic => _serverTraffic ?? throw Taken();

    /// <summary>Names the session inside what the user signs; not secret, but shown to nobody.</summary>
    public ReadOnlySpan<byte> SessionId => Leaf(0);

    public ReadOnlySpan<byte> AttachSecret => Leaf(3);

    public ReadOnlySpan<byte> AttachHandle => Leaf(4);

    /// <summary>For tests against known answers.</summary>
    internal ReadOnlySpan<byte> ExporterRoot => Leaf(1);

    /// <summary>For tests against known answers.</summary>
    internal ReadOnlySpan<byte> ResumptionRoot => Leaf(2);

    public static SessionSecrets FromMaster(ReadOnlySpan<byte> master) => new(master);

    public TrafficSecret TakeClientTraffic() => Take(ref _clientTraffic);

    public TrafficSecret TakeServerTraffic() => Take(ref _serverTraffic);

    public RekeySchedule TakeRekeySchedule() => Take(ref _rekey);

    /// <summary>A key for another use, separate for each label and context; both ends get the same.</summary>
    public void Export(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(label.Length, MaximumExporterLabel);
        byte[] input = new byte[1 + label.Length + context.Length];
        input[0] = (byte)label.Length;
        label.CopyTo(input.AsSpan(1));
        context.CopyTo(input.AsSpan(1 + label.Length));
        Kdf.Derive(Leaf(1), Labels.Derive.FromRoots.Exporter, input, output);
    }

    /// <summary>The secret behind a ticket's handle (section 10). Only until <see cref="ForgetResumptionRoot"/>.</summary>
    public void DeriveTicketSecret(ReadOnlySpan<byte> handle, Span<byte> secret)
    {
        if (_resumptionForgotten)
            throw new InvalidOperationException("the resumption root is gone");
        Kdf.Derive(Leaf(2), Labels.Derive.FromRoots.Ticket, handle, secret);
    }

    /// <summary>After AR no further ticket can be made.</summary>
    public void ForgetResumptionRoot()
    {
        ConstantTime.Wipe(Leaf(2));
        _resumptionForgotten = true;
    }

    public void Dispose()
    {
        _clientTraffic?.Dispose();
        _serverTraffic?.Dispose();
        _rekey?.Dispose();
        _leaves.Dispose();
    }

    private static T Take<T>(ref T? field)
        where T : class
    {
        T value = field ?? throw Taken();
        field = null;
        return value;
    }

    private static InvalidOperationException Taken() => new("this secret was taken before");

    private Span<byte> Leaf(int index) => _leaves.Span.Slice(index * Kdf.SecretSize, Kdf.SecretSize);
}
