
namespace Ptune.Silo.Configuration;

/// <summary>Rows that go within the hour would be no trail.</summary>
internal sealed class AuditOptionsValidator : ISectionValidator<AuditOptions>
{
    private static readonly TimeSpan s_least = TimeSpan.FromHours(1);

    public IEnumerable<SettingProblem> Validate(AuditOptions options)
    {
        if (options.Retention < s_least) yield return new("Audit:Retention", $"'{options.Retention}' is too short.", "Write at least 1:00:00, as 90.00:00:00 for 90 days, or leave it out to keep all rows.");
    }
}
