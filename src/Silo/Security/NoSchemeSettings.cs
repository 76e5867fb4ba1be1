using Microsoft.AspNetCore.Authentication;

namespace Ptune.Silo.Security;

/// <summary>The framework would read schemes' options from a section of its own, past our checks: it finds it empty.</summary>
internal sealed class NoSchemeSettings : IAuthenticationConfigurationProvider
{
    public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
}
