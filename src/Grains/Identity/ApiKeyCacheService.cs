using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Ptune.Grains.Identity;

/// <summary>See <see cref="IApiKeyCacheService"/>.</summary>
[Reentrant]
internal sealed class ApiKeyCacheService(GrainId id, Silo silo, ILoggerFactory logging, ApiKeyCache cache) : GrainService(id, silo, logging), IApiKeyCacheService
{
    public Task Forget(string id)
    {
        cache.Forget(id);
        return Task.CompletedTask;
    }
}
