using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Http;

/// <summary>What a spec would compute: the whole spec with its defaults, and its jobs.</summary>
/// <param name="Id">The id that a submit would answer with.</param>
public sealed record PlanView(string Id, Spec Spec, PlanRow[] Jobs);
