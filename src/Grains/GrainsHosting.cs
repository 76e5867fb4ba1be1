using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Ptune.Contracts.Estimates;
using Ptune.Grains.Hosting;
using Ptune.Grains.Identity;
using Ptune.Grains.Jobs;

namespace Ptune.Grains;

/// <summary>Puts the grains into a silo.</summary>
public static class GrainsHosting
{
    // A grain is some 15 KB: of a hundred thousand jobs that are submitted and wait, few need one. Who is run, watched or visited by a sweep is not idle.
    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(20);

    // All but membership, which compares its own clock with what other silos have written.
    private static readonly string[] s_steady =
    [
        TimeProviderNames.Grains, TimeProviderNames.Messaging, TimeProviderNames.SystemTimers, TimeProviderNames.ActivationManagement, TimeProviderNames.GrainDirectory,
    ];

    /// <summary>
    /// Adds what the grains need of their own. The host also registers a grain storage named <see cref="Contracts.Stores.GrainStorageNames.State"/>,
    /// a <see cref="Contracts.Stores.ICatalog"/> and a <see cref="Contracts.Messages.IWorkAnnouncer"/>, and, so that memory is reserved for jobs that ask for none, <see cref="IMemoryEstimates"/>.
    /// </summary>
    /// <exception cref="OptionsValidationException">At the silo's start, when a setting is out of its range: all of them at once.</exception>
    public static ISiloBuilder AddPtuneGrains(this ISiloBuilder silo, Action<JobsOptions>? configure = null)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton(services => new SteadyTime(services.GetRequiredService<TimeProvider>()));
        foreach (var area in s_steady) silo.Services.TryAddKeyedSingleton<TimeProvider>(area, (services, _) => services.GetRequiredService<SteadyTime>());
        silo.Services.TryAddSingleton<IMemoryEstimates, NoMemoryEstimates>();
        silo.Services.TryAddSingleton<ApiKeyCache>();
        silo.Services.TryAddSingleton<ApiKeyRevocation>();
        silo.Services.TryAddSingleton<TenantBook>();
        silo.AddGrainService<ApiKeyCacheService>();
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<JobsOptions>, JobsOptionsValidator>());
        silo.Services.AddOptions<JobsOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionQuantum = s_look;
            foreach (var grain in new[] { typeof(JobGrain), typeof(SubmitKeyGrain), typeof(ApiKeyGrain) }) collection.ClassSpecificCollectionAge[grain.FullName!] = s_age;
        });
        return silo;
    }
}
