using Orleans;
using Orleans.Services;

namespace Ptune.Grains.Identity;

/// <summary>A silo's <see cref="ApiKeyCache"/> for the other silos.</summary>
[Alias("ptune.IApiKeyCacheService")]
public interface IApiKeyCacheService : IGrainService
{
    /// <summary>Done when the silo no longer remembers the key.</summary>
    [Alias("Forget")]
    Task Forget(string id);
}
