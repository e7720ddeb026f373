namespace Qssh.Wire.Messages.Transport;

/// <summary>
/// Options of CH (docs/protocol.md, section 3): each <c>type u8, b16&lt;value&gt;</c>, types rising, each once.
/// 01 cookie 107 · 02 work 8 · 03 early: kind u8, then its input · 04 binder 32, last, there iff 03 is.
/// </summary>
internal readonly ref struct ClientHelloOptions
{
    public const int CookieSize = 107;
    public const int WorkSize = sizeof(ulong);
    public const int BinderSize = 32;
    public const int HintSize = 16;
    public const int HandleSize = 32;

    private const int HeaderSize = sizeof(byte) + sizeof(ushort);
    private const byte CookieType = 1, WorkType = 2, EarlyType = 3, BinderType = 4;

    /// <summary>The server's cookie; empty: none.</summary>
    public ReadOnlySpan<byte> Cookie { get; init; }

    public ulong? Work { get; init; }

    public EarlyKind Early { get; init; }

    /// <summary>What follows the kind: <see cref="PinKem"/> and ciphertext, hint, or handle.</summary>
    public ReadOnlySpan<byte> EarlyInput { get; init; }

    /// <summary>There exactly if <see cref="Early"/> is not <see cref="EarlyKind.None"/>.</summary>
    public ReadOnlySpan<byte> Binder { get; init; }

    /// <summary>Of a pin: KEM of the static key.</summary>
    public byte PinKem => EarlyInput[0];

    /// <summary>Of a pin: encapsulation to the static key.</summary>
    public ReadOnlySpan<byte> PinCiphertext => EarlyInput[1..];

    public int Size =>
        OptionSize(!Cookie.IsEmpty, CookieSize)
        + OptionSize(Work is not null, WorkSize)
        + OptionSize(Early != EarlyKind.None, sizeof(byte) + EarlyInput.Length)
        + OptionSize(Early != EarlyKind.None, BinderSize);

    public static ClientHelloOptions Read(ReadOnlySpan<byte> bytes, bool allowUnknown)
    {
        var reader = new WireReader(bytes);
        ReadOnlySpan<byte> cookie = default, early = default, binder = default;
        ulong? work = null;
        int last = -1;
        while (!reader.Remaining.IsEmpty)
        {
            byte type = reader.U8("ClientHello.Options");
            ReadOnlySpan<byte> value = reader.ByteString16(field: "ClientHello.Options");
            if (type <= last)
                WireFault.Order("ClientHello.Options");

            last = type;
            switch (type)
            {
                case CookieType:
                    cookie = Sized(value, CookieSize, "ClientHello.Options.Cookie");
                    break;
                case WorkType:
                    work = new WireReader(Sized(value, WorkSize, "ClientHello.Options.Work")).U64();
                    break;
                case EarlyType:
                    early = CheckEarly(value);
                    break;
                case BinderType:
                    binder = Sized(value, BinderSize, "ClientHello.Options.Binder");
                    break;
                default:
                    // A later version may add options; they are hashed with the hello in any case.
                    if (!allowUnknown)
                        WireFault.Value("ClientHello.Options");
                    break;
            }
        }

        CheckBinder(early, binder, last);
        return new ClientHelloOptions
        {
            Cookie = cookie,
            Work = work,
            Early = early.IsEmpty ? EarlyKind.None : (EarlyKind)early[0],
            EarlyInput = early.IsEmpty ? default : early[1..],
            Binder = binder,
        };
    }

    public void Write(scoped ref WireWriter writer)
    {
        if (!Cookie.IsEmpty)
        {
            WriteOption(ref writer, CookieType, CookieSize);
            writer.WriteBytes(Cookie, CookieSize, "ClientHello.Options.Cookie");
        }

        if (Work is { } work)
        {
            WriteOption(ref writer, WorkType, WorkSize);
            writer.WriteU64(work);
        }

        if (Early == EarlyKind.None)
            return;

        WriteOption(ref writer, EarlyType, sizeof(byte) + EarlyInput.Length);
        writer.WriteU8((byte)Early);
        writer.WriteBytes(EarlyInput);
        WriteOption(ref writer, BinderType, BinderSize);
        writer.WriteBytes(Binder, BinderSize, "ClientHello.Options.Binder");
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        var writer = new WireWriter(bytes);
        Write(ref writer);
        return bytes;
    }

    private static int OptionSize(bool present, int valueSize) => present ? HeaderSize + valueSize : 0;

    private static void WriteOption(scoped ref WireWriter writer, byte type, int valueSize)
    {
        writer.WriteU8(type);
        writer.WriteU16(checked((ushort)valueSize));
    }

    private static ReadOnlySpan<byte> Sized(ReadOnlySpan<byte> value, int size, string field)
    {
        if (value.Length != size)
            WireFault.Length(field);

        return value;
    }

    private static ReadOnlySpan<byte> CheckEarly(ReadOnlySpan<byte> value)
    {
        var reader = new WireReader(value);
        switch ((EarlyKind)reader.U8("ClientHello.Options.Early"))
        {
            case EarlyKind.Pin:
                reader.U8("ClientHello.Options.PinKem");
                reader.Rest(min: 1, field: "ClientHello.Options.PinCiphertext");
                break;
            case EarlyKind.PreSharedKey:
                reader.Bytes(HintSize, "ClientHello.Options.Hint");
                break;
            case EarlyKind.Resume or EarlyKind.Attach:
                reader.Bytes(HandleSize, "ClientHello.Options.Handle");
                break;
            default:
                WireFault.Value("ClientHello.Options.Early");
                break;
        }

        reader.ExpectEnd("ClientHello.Options.Early");
        return value;
    }

    // The binder covers the hello without its last 32 bytes, so nothing may come after it.
    private static void CheckBinder(ReadOnlySpan<byte> early, ReadOnlySpan<byte> binder, int last)
    {
        if (early.IsEmpty != binder.IsEmpty)
            WireFault.Rule("ClientHello.Options: early input without binder, or binder without early input");
        if (!binder.IsEmpty && last != BinderType)
            WireFault.Rule("ClientHello.Options: binder is not last");
    }
}
