using Ptune.Supervisor;

namespace Ptune.Silo.Configuration;

/// <summary>Its one option can be true or false, and both can be used.</summary>
internal sealed class HubValidator : ISectionValidator<HubOptions>
{
    public IEnumerable<SettingProblem> Validate(HubOptions options) => [];
}
