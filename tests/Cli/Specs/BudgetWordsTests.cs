using Ptune.Cli.Specs;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Tests.Specs;

public sealed class BudgetWordsTests
{
    [Theory]
    [InlineData(5, 0, null, "Budget: about 5 of the 20.5 device-hours that are left of this month's 100 (75 spent, 4.5 reserved).")]
    [InlineData(5, 1, null, "Budget: about 5 of the 20.5 device-hours that are left of this month's 100 (75 spent, 4.5 reserved); 1 job without an estimate.")]
    [InlineData(21.75, 0, "It does not fit.", "Over budget: It does not fit. A submit would be refused: about 1.25 device-hours too many.")]
    public void Of_Plan_SaysWhetherItFitsAndByHowMuchNot(double needed, int unestimated, string? refusal, string words) =>
        Assert.Equal(words, BudgetWords.Of(new PlanBudget(100, 75, 4.5, 20.5, needed, unestimated, refusal)));

    [Fact]
    public void Of_NothingLeftAndNoEstimate_SaysTheRefusalAlone() =>
        Assert.Equal("Over budget: It does not fit. A submit would be refused.", BudgetWords.Of(new PlanBudget(100, 101, 0, -1, 0, 2, "It does not fit.")));
}
