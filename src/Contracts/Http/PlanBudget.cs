namespace Ptune.Contracts.Http;

/// <summary>Whether a plan fits into its tenant's budget of device-hours.</summary>
/// <param name="Hours">The budget of a month.</param>
/// <param name="Spent">See <see cref="Identity.BudgetUse"/>.</param>
/// <param name="Reserved">See <see cref="Identity.BudgetUse"/>.</param>
/// <param name="Left">See <see cref="Identity.BudgetUse"/>.</param>
/// <param name="Needed">What the plan's new jobs are likely to take. Work in the store, and jobs that are under way, take nothing more.</param>
/// <param name="Unestimated">How many of them have no estimate.</param>
/// <param name="Refusal">Why a submit would be refused; null: it would not.</param>
public sealed record PlanBudget(double Hours, double Spent, double Reserved, double Left, double Needed, int Unestimated, string? Refusal = null);
