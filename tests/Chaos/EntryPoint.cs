using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Ptune.Chaos.Tests;

/// <summary>Runs the tests; or what tests/Chaos/soak and tests/Chaos/upgrade start.</summary>
internal static class EntryPoint
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [Soak.Switch, ..]) return await Soak.RunAsync(args[1..]);
        if (args is [Upgrades.UpgradeCommand.Switch, ..]) return await Upgrades.UpgradeCommand.RunAsync(args[1..]);
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
