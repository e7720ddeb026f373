using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Logging;

namespace Qssh.Telemetry.Log;

/// <summary>How a log line looks.</summary>
internal enum LogFormat
{
    Text = 0,
    Json,

    /// <summary>The text alone, for a log that adds time, name and level itself.</summary>
    Bare,
}

/// <summary>
/// Writes one line per event. Values come as structured fields and are escaped here, whoever they are from, so no event can be forged or
/// move a terminal. A sink that fails (full disk, closed pipe) loses lines, never the service.
/// </summary>
internal sealed class LineLogger(string name, Func<LogLevel> level, LogFormat format, Action<LogLevel, string> sink, TimeProvider time) : ILogger
{
    public bool IsEnabled(LogLevel logLevel) => logLevel >= level() && logLevel != LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        string text = formatter(state, exception);
        if (exception is not null)
            text += ": " + exception.Message;
        sink(logLevel, format switch
        {
            LogFormat.Json => Json(logLevel, eventId, state, text),
            LogFormat.Bare => PeerText.Escape(text, 2000) + "\n",
            _ => Text(logLevel, text),
        });
    }

    private string Text(LogLevel logLevel, string text) => $"{Stamp()} {Word(logLevel),-5} {name}: {PeerText.Escape(text, 2000)}\n";

    private string Json<TState>(LogLevel logLevel, EventId eventId, TState state, string text)
    {
        StringBuilder line = new();
        line.Append("{\"time\":\"").Append(Stamp()).Append("\",\"level\":\"").Append(Word(logLevel)).Append("\",\"logger\":\"").Append(name).Append('"');
        Append(line, "event", eventId.Name ?? "");
        Append(line, "msg", PeerText.Escape(text, 2000));
        if (state is IReadOnlyList<KeyValuePair<string, object?>> fields)
        {
            foreach ((string key, object? value) in fields)
            {
                if (key != "{OriginalFormat}")
                    Append(line, key, PeerText.Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", 2000));
            }
        }

        return line.Append("}\n").ToString();
    }

    private static void Append(StringBuilder line, string key, string value) =>
        line.Append(",\"").Append(key).Append("\":\"").Append(JavaScriptEncoder.Default.Encode(value)).Append('"');

    private string Stamp() => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Word(LogLevel logLevel) => logLevel switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };
}
