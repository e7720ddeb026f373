namespace Qssh.Config;

/// <summary>One option with its default. The first value offered is kept: sources are read in order of precedence.</summary>
internal sealed class Setting<T>(T fallback)
{
    public T Value { get; private set; } = fallback;

    public bool IsSet { get; private set; }

    public void Offer(T value)
    {
        if (IsSet)
            return;
        Value = value;
        IsSet = true;
    }

    public static implicit operator T(Setting<T> setting) => setting.Value;

    public override string ToString() => Value?.ToString() ?? "";
}
