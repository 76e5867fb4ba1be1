using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Http;

/// <summary>How a submit ended: one of these.</summary>
/// <param name="View">What was submitted, or joined.</param>
/// <param name="Problem">Why the spec cannot be submitted as it is.</param>
/// <param name="Full">Why the queue takes no more.</param>
/// <param name="Over">Why it does not fit into the tenant's budget.</param>
/// <param name="Conflict">The idempotency key belongs to another submit.</param>
internal sealed record SubmitOutcome<TView>(TView? View = null, SpecProblem? Problem = null, string? Full = null, ProblemHttpResult? Conflict = null, string? Over = null) where TView : class;
