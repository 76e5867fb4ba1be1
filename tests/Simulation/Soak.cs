using System.Globalization;

namespace Ptune.Simulation.Tests;

/// <summary>As many schedules as one has patience for; or one, with all that happens in it.</summary>
internal static class Soak
{
    public const string Switch = "--soak";

    public static int Run(string[] args)
    {
        var report = args is ["--replay", var seed, ..]
            ? Schedules.Replay(Number(seed), Console.WriteLine, args.Length > 2 ? Enum.Parse<Protocol>(args[2]) : Protocol.AsItIs)
            : Schedules.Run(args.Length > 1 ? Number(args[1]) : 0, args.Length > 0 ? Number(args[0]) : 1_000_000, tell: progress => Console.Error.WriteLine(progress));
        Console.WriteLine(report);
        return report.Violation is null ? 0 : 1;
    }

    private static int Number(string text) => int.Parse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture);
}
