using Ptune.Grains.Sweeps.Strategies;

namespace Ptune.Grains.Tests.Sweeps.Strategies;

/// <summary>A search whose trials end in an order of chance, and fail by chance.</summary>
internal sealed class Search(int seed, int count, int rungs, int reduction, double failing)
{
    private const int Parallel = 4;
    private readonly Random _random = new(seed);

    public List<TrialStanding> Trials { get; } = [];

    public void Run(Action<SweepStep> onStep)
    {
        while (true)
        {
            while (Trials.Count(t => !t.IsOver) < Parallel && Asha.Next(Trials, count, rungs, reduction) is { } step)
            {
                onStep(step);
                if (step.Trial > Trials.Count) Trials.Add(new TrialStanding(step.Trial, [new RungStanding(false, null)]));
                else Change(step.Trial, r => [.. r, new RungStanding(false, null)]);
            }
            var open = Trials.Where(t => !t.IsOver).ToArray();
            if (open.Length == 0) return;
            var ending = open[_random.Next(open.Length)].Number;
            double? objective = _random.NextDouble() < failing ? null : Math.Round(_random.NextDouble(), 1);
            Change(ending, r => [.. r.SkipLast(1), new RungStanding(true, objective)]);
        }
    }

    private void Change(int number, Func<IReadOnlyList<RungStanding>, RungStanding[]> change) =>
        Trials[number - 1] = Trials[number - 1] with { Rungs = change(Trials[number - 1].Rungs) };
}
