using Orleans.Runtime;
using Orleans.Runtime.Services;
using Ptune.Contracts.Identity;

namespace Ptune.Grains.Identity;

/// <summary>
/// Revokes a key on all silos: when it returns, none lets the key in any more. A silo that does not answer is waited out, since it remembers no key longer than
/// <see cref="ApiKeyCache.Lifetime"/>.
/// </summary>
public sealed class ApiKeyRevocation(IServiceProvider services, IGrainFactory grains, ISiloStatusOracle silos, TimeProvider time) : GrainServiceClient<IApiKeyCacheService>(services)
{
    /// <returns>Null when there is no such key.</returns>
    public async Task<ApiKeyView?> RevokeAsync(string id, string by)
    {
        if (await grains.GetGrain<IApiKeyGrain>(id).Revoke(by) is not { } view) return null;
        var stands = time.GetTimestamp();
        var told = await Task.WhenAll(silos.GetApproximateSiloStatuses().Where(silo => !silo.Value.IsTerminating() || silo.Value == SiloStatus.ShuttingDown).Select(silo => TellAsync(silo.Key, id)));
        var rest = ApiKeyCache.Lifetime - time.GetElapsedTime(stands);
        if (!told.All(heard => heard) && rest > TimeSpan.Zero) await Task.Delay(rest, time);
        return view;
    }

    private async Task<bool> TellAsync(SiloAddress silo, string id)
    {
        try
        {
            await GetGrainService(silo).Forget(id).WaitAsync(ApiKeyCache.Lifetime, time);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
