using Ptune.Grains.Hosting;

namespace Ptune.Grains.Tests.Hosting;

public sealed class JobsOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Succeeds() => Assert.True(new JobsOptionsValidator().Validate(null, new JobsOptions()).Succeeded);

    [Fact]
    public void Validate_SeveralWrong_ReportsAllWithTheirNames()
    {
        var result = new JobsOptionsValidator().Validate(null, new JobsOptions { LeaseDuration = TimeSpan.Zero, LeaseTries = 0, WarmOvertakes = -1 });
        Assert.Equal(3, result.Failures!.Count());
        Assert.Contains("LeaseTries is 0", result.FailureMessage, StringComparison.Ordinal);
    }
}
