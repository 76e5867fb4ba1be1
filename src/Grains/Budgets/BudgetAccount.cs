using System.Globalization;
using Ptune.Contracts.Identity;

namespace Ptune.Grains.Budgets;

/// <summary>What a tenant's account holds, and whether more fits: without a clock, a store or a call.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Spent">See <see cref="BudgetUse"/>.</param>
/// <param name="Reserved">See <see cref="BudgetUse"/>.</param>
/// <param name="Unestimated">See <see cref="BudgetUse"/>.</param>
internal sealed record BudgetAccount(DateOnly Month, TimeSpan Spent, TimeSpan Reserved, int Unestimated)
{
    public BudgetUse Use(double? budget) => new(
        Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), Spent.TotalHours, Reserved.TotalHours, budget - Spent.TotalHours - Reserved.TotalHours, Unestimated);

    /// <summary>Why the work does not fit; null when it does. Where nothing is left, nothing fits, also what has no estimate.</summary>
    public string? Refusal(string tenant, BudgetRequest request)
    {
        var others = Reserved.TotalHours - request.Held;
        var left = request.Budget - Spent.TotalHours - others;
        if (left > 0 && request.Needed <= left) return null;
        var needs = request.Needed > 0 ? $"this needs about {Hours(request.Needed)}" : "how much this needs is not known";
        var unknown = request is { Unestimated: > 0, Needed: > 0 } ? $"; {request.Unestimated} of its jobs {(request.Unestimated == 1 ? "has" : "have")} no estimate" : "";
        return $"Tenant {tenant} has {Hours(left)} of its {Hours(request.Budget)} device-hours of {Month.ToString("MMMM yyyy", CultureInfo.InvariantCulture)} left ({Hours(Spent.TotalHours)} spent, {Hours(others)} reserved{(request.Held > 0 ? " for other work" : "")}), and {needs}{unknown}.";
    }

    private static string Hours(double hours) => hours.ToString("#,0.##", CultureInfo.InvariantCulture);
}
