namespace Ptune.Executor.Hub;

/// <summary>The hub is away, busy, or broke off: asking again may help.</summary>
/// <param name="after">How long the hub asks to wait; null: it does not say.</param>
/// <param name="brought">Bytes that came before.</param>
internal sealed class HubTroubleException(string message, TimeSpan? after = null, long brought = 0, Exception? inner = null) : IOException(message, inner)
{
    public TimeSpan? After { get; } = after;

    public long Brought { get; } = brought;
}
