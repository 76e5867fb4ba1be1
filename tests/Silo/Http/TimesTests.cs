using Ptune.Silo.Http;

namespace Ptune.Silo.Tests.Http;

public sealed class TimesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("12h", "2026-11-30T00:00:00Z")]
    [InlineData("7d", "2026-11-23T12:00:00Z")]
    [InlineData("2026-11-30T11:00:00Z", "2026-11-30T11:00:00Z")]
    [InlineData("999999d", "0001-01-01T00:00:00Z")]
    public void Parse_TimeOrLength_IsATime(string text, string expected)
    {
        var (time, problem) = Times.Parse("since", text, Now);
        Assert.Null(problem);
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), time);
    }

    [Theory]
    [InlineData("0d")]
    [InlineData("1000000d")]
    [InlineData("yesterday")]
    public void Parse_AnythingElse_IsRefused(string text) => Assert.Equal(400, Times.Parse("since", text, Now).Problem!.StatusCode);
}
