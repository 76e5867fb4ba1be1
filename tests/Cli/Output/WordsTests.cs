using Ptune.Cli.Output;

namespace Ptune.Cli.Tests.Output;

public class WordsTests
{
    [Theory]
    [InlineData(0.5, "0.500")]
    [InlineData(0.0342, "0.034")]
    [InlineData(0.00012, "1e-4")]
    [InlineData(3e-41, "3e-41")]
    [InlineData(0, "<1e-300")]
    public void P_AnySize_KeepsItsMagnitude(double p, string text) => Assert.Equal(text, Words.P(p));

    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(0.0001, "1 ms")]
    [InlineData(0.036, "36 ms")]
    [InlineData(0.1, "0.1 s")]
    [InlineData(3.14, "3.1 s")]
    [InlineData(59.7, "60 s")]
    [InlineData(187.4, "3 min 07 s")]
    public void Seconds_AnySize_ReadsWell(double seconds, string text) => Assert.Equal(text, Words.Seconds(seconds));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.001, "0.001")]
    [InlineData(-0.004, "-0.004")]
    [InlineData(0.0000256, "2.6e-5")]
    [InlineData(0.005, "0.01")]
    [InlineData(1234.567, "1,234.57")]
    public void Hours_Few_AreNotShownAsNone(double hours, string text) => Assert.Equal(text, Words.Hours(hours));

    [Theory]
    [InlineData(1, "1 job")]
    [InlineData(10_000, "10,000 jobs")]
    public void Count_OneOrMany_AgreesWithItsNoun(long n, string text) => Assert.Equal(text, Words.Count(n, "job"));
}
