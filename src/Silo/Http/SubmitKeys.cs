using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Http;

/// <summary>Submits under an idempotency key: the first request takes it, and every further one gets the first one's job.</summary>
internal sealed class SubmitKeys(IGrainFactory grains)
{
    private const int Longest = 200;

    public static ProblemHttpResult? Check(string? key) => key is null || (key.Length is > 0 and <= Longest && key.All(c => c is > ' ' and <= '~'))
        ? null
        : ApiProblems.BadRequest($"{Routes.IdempotencyKey} is no key: use 1 to {Longest} letters, digits and signs, without spaces.");

    /// <param name="text">The spec as it was sent: what an alias in it means may change between two requests, what was asked for does not.</param>
    /// <param name="id">The job that the request would reach without a key.</param>
    /// <returns>The job that it reaches; its view, where it has been submitted before; or why it is refused.</returns>
    public async Task<(string Id, JobView? View, ProblemHttpResult? Conflict)> FindAsync(string tenant, string key, string text, bool fresh, string id)
    {
        var spec = SpecReader.Read(text).Spec;
        var request = Digest.Of($"{JsonSerializer.Serialize(spec, SpecJson.Options)}\nfresh {fresh}");
        var claim = await grains.GetGrain<ISubmitKeyGrain>($"{tenant}/{Digest.Hex(Digest.Of(key))}").Claim(new SubmitClaim(request, id));
        if (claim.Request != request)
            return (id, null, ApiProblems.Conflict($"The idempotency key '{key}' stands for another spec, submitted before as job {claim.JobId}. Take a new key for new work."));
        // The first request may have been cut off between the key and the job: then this one submits it. Where an alias has moved on meanwhile, it is other work.
        var view = await grains.GetGrain<IJobGrain>(claim.JobId).Get();
        return (view is null && !fresh ? id : claim.JobId, view, null);
    }
}
