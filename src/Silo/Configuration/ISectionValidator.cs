namespace Ptune.Silo.Configuration;

/// <summary>Says everything that is wrong with one section, beyond its values' types and ranges.</summary>
internal interface ISectionValidator<in TOptions>
{
    IEnumerable<SettingProblem> Validate(TOptions options);
}
