namespace Ptune.Contracts.Identity;

/// <summary>Work that is about to be submitted.</summary>
/// <param name="Owner">The id of the job, study or sweep.</param>
/// <param name="Budget">The tenant's, in device-hours a month.</param>
/// <param name="Needed">What its new jobs are likely to take, in device-hours.</param>
/// <param name="Unestimated">How many of them have no estimate.</param>
[GenerateSerializer, Immutable, Alias("ptune.BudgetRequest")]
public sealed record BudgetRequest(string Owner, double Budget, double Needed, int Unestimated)
{
    /// <summary>What is reserved for this very work already, in device-hours.</summary>
    [Id(0)] public double Held { get; init; }
}
