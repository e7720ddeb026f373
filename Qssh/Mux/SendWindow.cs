namespace Qssh.Mux;

/// <summary>Credit that the peer has given us on one channel. The zero value allows nothing.</summary>
internal struct SendWindow
{
    /// <summary>A peer that gives more than this at once is broken.</summary>
    public const int Maximum = int.MaxValue;

    public int Credit { get; private set; }

    /// <summary>False: the sum would pass the maximum.</summary>
    public bool TryAdd(uint credit)
    {
        if (credit > (uint)(Maximum - Credit))
            return false;
        Credit += (int)credit;
        return true;
    }

    public void Spend(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Credit);
        Credit -= count;
    }
}
