using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Hosting;

namespace Ptune.Grains.Hosting;

/// <summary>Puts the grains into a silo.</summary>
public static class GrainsHosting
{
    /// <summary>
    /// Adds what the grains need of their own. The host also registers a grain storage named <see cref="Contracts.Stores.GrainStorageNames.State"/>,
    /// a <see cref="Contracts.Stores.ICatalog"/> and a <see cref="Contracts.Messages.IWorkAnnouncer"/>.
    /// </summary>
    /// <exception cref="OptionsValidationException">At the silo's start, when a setting is out of its range: all of them at once.</exception>
    public static ISiloBuilder AddPtuneGrains(this ISiloBuilder silo, Action<JobsOptions>? configure = null)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JobsOptions>, JobsOptionsValidator>());
        silo.Services.AddOptions<JobsOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        return silo;
    }
}
