using System.Globalization;

namespace Ptune.Simulation.Tests;

/// <summary>As many schedules as one has patience for; or one, with all that happens in it.</summary>
internal static class Soak
{
    public const string Switch = "--soak";

    public static int Run(string[] args)
    {
        var report = args is ["--replay", var seed, ..]
            ? Replay(Number(seed), args.Length > 2 ? args[2] : nameof(Protocol.AsItIs))
            : Schedules.Run(args.Length > 1 ? Number(args[1]) : 0, args.Length > 0 ? Number(args[0]) : 1_000_000, tell: progress => Console.Error.WriteLine(progress));
        Console.WriteLine(report);
        return report.Violation is null ? 0 : 1;
    }

    private static Report Replay(int seed, string what) => what == "study"
        ? Schedules.Replay(seed, Console.WriteLine, isStudy: true)
        : Schedules.Replay(seed, Console.WriteLine, Enum.Parse<Protocol>(what));

    private static int Number(string text) => int.Parse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture);
}
