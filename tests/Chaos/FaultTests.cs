using Ptune.Chaos.Tests.Faults;
using Ptune.Chaos.Tests.Rig;
using Ptune.Chaos.Tests.Rounds;

namespace Ptune.Chaos.Tests;

/// <summary>Separate processes on a real broker and a real store, disturbed at random moments; tests/Chaos/soak runs more rounds.</summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Rounds_EachFaultOnce_LoseNothingDoubleNothingAndGiveTheSameBytes()
    {
        await using var site = await Site.StartAsync();
        var rounds = new List<RoundResult>();
        foreach (var fault in Enum.GetValues<Fault>())
        {
            rounds.Add(await new Round(site, (int)fault, fault).RunAsync());
            output.WriteLine(rounds[^1].ToString());
            Assert.True(rounds[^1].IsGood, $"{rounds[^1]}\n{site.Cluster.Output}");
        }
        output.WriteLine(Table.Of(rounds));
    }
}
