using Ptune.Contracts.Jobs;
using Ptune.Grains.Jobs;

namespace Ptune.Grains.Tests.Jobs;

public sealed class SubmitKeyTests
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    [Fact]
    public void Claim_TakenKey_AnswersWithTheFirst()
    {
        var (first, second) = (new SubmitClaim("a", "job 1"), new SubmitClaim("b", "job 2"));
        var taken = SubmitKeyMachine.Claim(null, first, _day, Sample.Noon);
        Assert.Equal(first, taken.Answer);
        var again = SubmitKeyMachine.Claim(taken.State, second, _day, Sample.Noon + _day - TimeSpan.FromSeconds(1));
        Assert.Equal(first, again.Answer);
        Assert.Same(taken.State, again.State);
    }

    [Fact]
    public void Claim_KeyOfLongAgo_IsFree()
    {
        var (first, second) = (new SubmitClaim("a", "job 1"), new SubmitClaim("b", "job 2"));
        var taken = SubmitKeyMachine.Claim(null, first, _day, Sample.Noon);
        var later = SubmitKeyMachine.Claim(taken.State, second, _day, Sample.Noon + _day);
        Assert.Equal((second, 2L), (later.Answer, later.State!.Version));
    }
}
