namespace Ptune.Contracts.Identity;

/// <summary>How a tenant's account of device-hours stands in a month.</summary>
/// <param name="Month">As <c>2026-12</c>, UTC.</param>
/// <param name="Spent">The device-hours that attempts of its jobs have held in this month and given back.</param>
/// <param name="Reserved">What its unfinished work is likely to take still, in device-hours; of a job that runs, at least what its attempt has held so far.</param>
/// <param name="Left">The budget less both; negative where more was taken; null: there is no budget.</param>
/// <param name="Unestimated">Unfinished jobs that no estimate is known of: while they wait they reserve nothing.</param>
[GenerateSerializer, Immutable, Alias("ptune.BudgetUse")]
public sealed record BudgetUse(string Month, double Spent, double Reserved, double? Left, int Unestimated);
