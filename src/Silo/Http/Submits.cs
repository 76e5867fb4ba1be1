using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Specs;
using Ptune.Silo.Admission;
using Ptune.Silo.Audit;
using Ptune.Silo.Configuration;
using Ptune.Silo.Planning;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>The one way of a submit, whatever its kind: read, admit, claim the key, look for room and budget, hand over to the grain.</summary>
internal sealed class Submits(SpecAdmission admission, QueueQuota quota, SubmitKeys keys, HttpOptions options, BudgetCheck? budget = null)
{
    /// <param name="http">The request. When its client leaves, its work ends, up to the moment when the grain is told; from there on the submit stands.</param>
    /// <param name="kind">What is submitted here.</param>
    /// <param name="key">The idempotency key; null: none.</param>
    /// <param name="fresh">Compute anew what is in the store.</param>
    /// <param name="move">Names may be taken from other artifacts.</param>
    public async Task<Results<Accepted<TView>, ProblemHttpResult>> AnswerAsync<TSpec, TView>(HttpContext http, SubmitKind<TSpec, TView> kind, string? key, bool fresh, bool move = false)
        where TSpec : class where TView : class
    {
        if (SubmitKeys.Check(key) is { } wrongKey) return wrongKey;
        var cancellation = http.RequestAborted;
        var (text, refusal) = await SpecText.ReadAsync(http.Request, options.MaxSpecBytes);
        if (refusal is not null) return refusal;
        var admitted = await admission.AdmitAsync(http.Caller(), text!, cancellation);
        if (admitted.Problems.Count > 0) return ApiProblems.SpecErrors(admitted.Problems);
        if (admitted.Spec is not TSpec spec) return ApiProblems.SpecErrors([SpecKinds.Misplaced(admitted.Spec!, kind.Noun, admitted.Positions)]);

        var outcome = await SubmitAsync(http, kind, spec, admitted, key, fresh, move);
        if (outcome.View is { } view) return TypedResults.Accepted(kind.Route.Replace("{id}", kind.IdOf(view), StringComparison.Ordinal), view);
        if (outcome.Over is { } over) return ApiProblems.OverBudget(over);
        return outcome.Conflict ?? (outcome.Problem is { } problem ? ApiProblems.SpecErrors([problem]) : ApiProblems.QueueFull(outcome.Full!));
    }

    /// <summary>Submits an admitted spec in the name of the request's caller.</summary>
    /// <inheritdoc cref="AnswerAsync"/>
    public async Task<SubmitOutcome<TView>> SubmitAsync<TSpec, TView>(HttpContext http, SubmitKind<TSpec, TView> kind, TSpec spec, Admitted admitted, string? key = null, bool fresh = false, bool move = false)
        where TSpec : class where TView : class
    {
        var (tenant, cancellation) = (Tenants.Of(http), http.RequestAborted);
        var request = new SubmitRequest<TSpec>(tenant, spec, admitted.Resolved, SubmitRequest<TSpec>.NewNonce(fresh), http.Stamp(), move, Ownership.Submitter(http));
        var target = kind.Target(request, cancellation);
        if (await kind.ProblemAsync(target.Id, request, admitted.Positions) is { } problem) return new SubmitOutcome<TView>(Problem: problem);
        if (key is not null)
        {
            var (claim, conflict) = await keys.ClaimAsync(tenant, key, admitted.Written!, fresh, target.Id, request.Nonce);
            if (conflict is not null) return new SubmitOutcome<TView>(Conflict: conflict);
            if (await kind.FindAsync(claim.JobId) is { } known) return new SubmitOutcome<TView>(known);
            // The first request was cut off between the key and the work: this one submits it. Where an alias has moved on meanwhile, it is other work.
            request = request with { Nonce = claim.Nonce };
            target = kind.Target(request, cancellation);
        }
        if (await quota.RefusalAsync(tenant, admitted.Spec!.Scheduling.Pool, target.JobIds) is { } full) return new SubmitOutcome<TView>(Full: full);
        if (budget is not null)
        {
            var (over, estimates, later) = await budget.AdmitAsync(tenant, target.Id, target.Jobs, target.Later, cancellation);
            if (over is not null) return new SubmitOutcome<TView>(Over: over);
            request = request with { Estimates = estimates, Later = later };
        }
        cancellation.ThrowIfCancellationRequested();
        return new SubmitOutcome<TView>(await kind.SubmitAsync(target.Id, request));
    }
}
