using Ptune.Cli.Output;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Specs;

/// <summary>Whether a plan fits into what is left of its tenant's budget.</summary>
internal static class BudgetWords
{
    public static string Of(PlanBudget budget)
    {
        if (budget.Refusal is not { } refusal)
        {
            var unknown = budget.Unestimated > 0 ? $"; {Words.Count(budget.Unestimated, "job")} without an estimate" : "";
            return $"Budget: about {Hours(budget.Needed)} of the {Hours(budget.Left)} device-hours that are left of this month's {Hours(budget.Hours)} ({Hours(budget.Spent)} spent, {Hours(budget.Reserved)} reserved){unknown}.";
        }
        var over = budget.Needed - Math.Max(0, budget.Left);
        return $"Over budget: {refusal} A submit would be refused{(over > 0 ? $": about {Hours(over)} device-hours too many" : "")}.";
    }

    private static string Hours(double hours) => Words.Number(hours, "#,0.##");
}
