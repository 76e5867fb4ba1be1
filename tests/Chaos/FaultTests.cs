using System.Diagnostics;
using Ptune.Chaos.Tests.Faults;
using Ptune.Chaos.Tests.Rig;
using Ptune.Chaos.Tests.Rounds;

namespace Ptune.Chaos.Tests;

/// <summary>Separate processes on a real broker and a real store, disturbed at random moments; tests/Chaos/soak runs more rounds.</summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    // On a machine with more to do than it can, the last faults are left to the soak, and that is said.
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(200);

    private static readonly Fault[] s_faults =
    [
        Fault.WorkerKilled, Fault.SiloKilled, Fault.WorkerAsleep, Fault.StoreRestarted, Fault.BrokerRestarted, Fault.ExecutorKilled, Fault.SiloAsleep, Fault.SiloReplaced, Fault.BrokerCutOff,
    ];

    [Fact]
    public async Task Rounds_EachFaultOnce_LoseNothingDoubleNothingAndGiveTheSameBytes()
    {
        await using var site = await Site.StartAsync();
        var rounds = new List<RoundResult>();
        var watch = Stopwatch.StartNew();
        foreach (var fault in s_faults)
        {
            if (watch.Elapsed > s_enough)
            {
                output.WriteLine($"{fault} is left out: {watch.Elapsed.TotalSeconds:0} s have gone by");
                continue;
            }
            rounds.Add(await new Round(site, (int)fault, fault).RunAsync());
            output.WriteLine(rounds[^1].ToString());
            Assert.True(rounds[^1].IsGood, $"{rounds[^1]}\n{site.Cluster.Output}");
        }
        output.WriteLine(Table.Of(rounds));
    }
}
