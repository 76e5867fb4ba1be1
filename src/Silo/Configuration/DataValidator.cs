namespace Ptune.Silo.Configuration;

/// <summary>Roots are full paths.</summary>
internal sealed class DataValidator : ISectionValidator<DataOptions>
{
    public IEnumerable<SettingProblem> Validate(DataOptions options) =>
        from root in options.Roots
        where !Path.IsPathFullyQualified(root)
        select new SettingProblem("Data:Roots", $"'{root}' is not a full path.", "Write the folder from the root on, as /srv/data.");
}
