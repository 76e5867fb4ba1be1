using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Http;

/// <summary>Submits under an idempotency key: the first request takes it, and every further one gets what the first one reached.</summary>
internal sealed class SubmitKeys(IGrainFactory grains)
{
    private const int Longest = 200;

    public static ProblemHttpResult? Check(string? key) => key is null || (key.Length is > 0 and <= Longest && key.All(c => c is > ' ' and <= '~'))
        ? null
        : ApiProblems.BadRequest($"{Routes.IdempotencyKey} is not a valid key: use 1 to {Longest} printable ASCII characters without spaces.");

    /// <param name="written">The spec with the aliases that were written: what an alias stands for may change between two requests, what was asked for does not.</param>
    /// <param name="id">The job, study or sweep that the request would reach without a key, by <paramref name="nonce"/>.</param>
    /// <returns>What the first request under the key reached; or why this one is refused.</returns>
    public async Task<(SubmitClaim Claim, ProblemHttpResult? Conflict)> ClaimAsync(string tenant, string key, Spec written, bool fresh, string id, string? nonce)
    {
        var offered = new SubmitClaim(Digest.Of($"{JsonSerializer.Serialize(written, SpecJson.Stored)}\nfresh {fresh}"), id, nonce);
        var claim = await grains.GetGrain<ISubmitKeyGrain>($"{tenant}/{Digest.Hex(Digest.Of(key))}").Claim(offered);
        return (claim, claim.Request == offered.Request
            ? null
            : ApiProblems.Conflict($"The idempotency key '{key}' was already used for a different spec, submitted as {claim.JobId}. Use a new key for new work."));
    }
}
