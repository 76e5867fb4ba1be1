using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Runtime;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Grains.Hosting;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Jobs;

/// <summary>One idempotency key: <see cref="SubmitKeyMachine"/> with a store around it.</summary>
[Reentrant, GrainType("submit-key")]
internal sealed class SubmitKeyGrain(
    [PersistentState("submit-key", GrainStorageNames.State)] IPersistentState<SubmitKeyState> storage,
    IOptions<JobsOptions> options,
    TimeProvider time,
    ILogger<SubmitKeyGrain> logger) : StatefulGrain<SubmitKeyState>(storage, time, logger), ISubmitKeyGrain
{
    public Task<SubmitClaim> Claim(SubmitClaim claim) =>
        DecideAndRecordAsync((state, now) => SubmitKeyMachine.Claim(state, claim, options.Value.SubmitKeyLifetime, now));

    protected override bool IsOnStores(Effect effect) => true;

    protected override Task<bool> PerformAsync(Effect effect) => Task.FromResult(true);
}
