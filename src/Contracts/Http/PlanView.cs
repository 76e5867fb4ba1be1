using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;

namespace Ptune.Contracts.Http;

/// <summary>What a spec would compute: the whole spec with its defaults, and its jobs.</summary>
/// <param name="Id">The id that a submit would answer with.</param>
/// <param name="Refused">Of a study: what it leaves out, since it does not fit; null where nothing is.</param>
/// <param name="Warnings">What to know before it is run, a sentence each; null: nothing.</param>
/// <param name="Budget">Whether it fits into the tenant's budget; null: there is none.</param>
public sealed record PlanView(string Id, Spec Spec, PlanRow[] Jobs, StudyRefusal[]? Refused = null, string[]? Warnings = null, PlanBudget? Budget = null);
