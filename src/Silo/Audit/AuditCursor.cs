using System.Globalization;
using Ptune.Contracts.Audit;

namespace Ptune.Silo.Audit;

/// <summary>A place in the listing of several chains: after this row.</summary>
internal sealed record AuditCursor(DateTimeOffset Written, string Chain, long Sequence)
{
    public static AuditCursor Of(AuditRow row) => new(row.Written, row.Chain, row.Sequence);

    public static AuditCursor? Parse(string text)
    {
        var parts = text.Split('_');
        return parts.Length == 3 && AuditChains.IsChain(parts[1])
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new(new DateTimeOffset(ticks, TimeSpan.Zero), parts[1], sequence) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Written.UtcTicks}_{Chain}_{Sequence}");
}
