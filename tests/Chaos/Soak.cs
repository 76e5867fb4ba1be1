using System.Globalization;
using Ptune.Chaos.Tests.Rig;
using Ptune.Chaos.Tests.Rounds;

namespace Ptune.Chaos.Tests;

/// <summary>As many rounds as one has patience for, on one cluster.</summary>
internal static class Soak
{
    public const string Switch = "--soak";

    public static async Task<int> RunAsync(string[] args)
    {
        var (count, first) = (args.Length > 0 ? Number(args[0]) : 100, args.Length > 1 ? Number(args[1]) : 0);
        var rounds = new List<RoundResult>();
        await using var site = await Site.StartAsync();
        try
        {
            for (var seed = first; seed < first + count; seed++)
            {
                rounds.Add(await new Round(site, seed, Round.FaultOf(seed)).RunAsync());
                Console.Error.WriteLine(rounds[^1]);
            }
        }
        finally
        {
            // Also of a soak that was cut short.
            Console.WriteLine(Table.Of(rounds));
        }
        return rounds.TrueForAll(r => r.IsGood) ? 0 : 1;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
