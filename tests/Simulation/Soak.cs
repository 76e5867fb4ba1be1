using System.Globalization;

namespace Ptune.Simulation.Tests;

/// <summary>As many schedules as one has patience for; or one, with all that happens in it.</summary>
internal static class Soak
{
    public const string Switch = "--soak";

    public static int Run(string[] args)
    {
        var report = args is ["--replay", var seed, ..] ? Replay(Number(seed), args[2..]) : Many(args);
        Console.WriteLine(report);
        return report.Violation is null ? 0 : 1;
    }

    private static Report Many(string[] args)
    {
        var scene = args.Select(a => Enum.TryParse<Scene>(a, ignoreCase: true, out var named) && !char.IsDigit(a[0]) ? named : (Scene?)null).FirstOrDefault(n => n is not null) ?? Scene.Jobs;
        int[] numbers = [.. args.Where(a => char.IsDigit(a[0])).Select(Number)];
        return Schedules.Run(numbers.ElementAtOrDefault(1), numbers is [] ? 1_000_000 : numbers[0], tell: progress => Console.Error.WriteLine(progress), scene: scene);
    }

    private static Report Replay(int seed, string[] what)
    {
        var (scene, protocol) = (Scene.Jobs, Protocol.AsItIs);
        foreach (var word in what)
        {
            if (Enum.TryParse<Scene>(word, ignoreCase: true, out var named)) scene = named;
            else protocol = Enum.Parse<Protocol>(word);
        }
        return Schedules.Replay(seed, Console.WriteLine, protocol, scene);
    }

    private static int Number(string text) => int.Parse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture);
}
