using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Ptune.Simulation.Tests;

/// <summary>Runs the tests; or the soak, which tests/Simulation/soak starts.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [Soak.Switch, ..]) return Soak.Run(args[1..]);
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
