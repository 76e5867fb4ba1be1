using Ptune.Contracts.Identity;
using Ptune.Grains.Budgets;

namespace Ptune.Grains.Tests.Budgets;

public sealed class BudgetAccountTests
{
    private static readonly BudgetAccount _account = new(new DateOnly(2026, 12, 1), TimeSpan.FromHours(80.125), TimeSpan.FromHours(16), 2);

    [Theory]
    [InlineData(100, 3.875, true)]
    [InlineData(100, 3.876, false)]
    [InlineData(96.125, 0, false)]
    [InlineData(90, 0, false)]
    [InlineData(0, 0, false)]
    public void Refusal_WorkAndBudget_FitsUntilNothingIsLeft(double budget, double needed, bool fits) =>
        Assert.Equal(fits, _account.Refusal("red", new BudgetRequest("red.1", budget, needed, 0)) is null);

    [Fact]
    public void Refusal_OfWhatDoesNotFit_GivesTheThreeFigures()
    {
        Assert.Equal(
            "Tenant red has 3.88 of its 100 device-hours of December 2026 left (80.13 spent, 16 reserved), and this needs about 1,200.5.",
            _account.Refusal("red", new BudgetRequest("red.1", 100, 1200.5, 0)));
        Assert.EndsWith("and this needs about 5; 1 of its jobs has no estimate.", _account.Refusal("red", new BudgetRequest("red.1", 100, 5, 1)), StringComparison.Ordinal);
        Assert.EndsWith("has -6.13 of its 90 device-hours of December 2026 left (80.13 spent, 16 reserved), and how much this needs is not known.", _account.Refusal("red", new BudgetRequest("red.1", 90, 0, 3)), StringComparison.Ordinal);
    }

    [Fact]
    public void Use_OfATenant_IsInHours()
    {
        Assert.Equal(new BudgetUse("2026-12", 80.125, 16, 3.875, 2), _account.Use(100));
        Assert.Null(_account.Use(null).Left);
    }
}
