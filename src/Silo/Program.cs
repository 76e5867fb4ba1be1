using Ptune.Silo.Configuration;
using Ptune.Silo.Hosting;
using Ptune.Silo.Keys;
using Ptune.Silo.Telemetry;

namespace Ptune.Silo;

/// <summary>The control plane as a program.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        StandardStreams.LeaveClosedOnesAlone();
        var keys = KeysCommandLine.IsMeant(arguments) ? KeysCommandLine.Parse(arguments) : null;
        var commandLine = keys?.Server ?? CommandLine.Parse(arguments);
        if (commandLine.Help || commandLine.Version)
        {
            Console.WriteLine(commandLine.Help ? Usage.Text : $"{BuildInfo.Product} {BuildInfo.Version}");
            return ExitCodes.Stopped;
        }
        if (keys is { Problems.Count: > 0 }) return RefuseKey(keys.Problems);
        if (OpenFiles.Problem() is { } tooFew) return Refuse([tooFew]);
        IConfiguration configuration;
        try
        {
            configuration = SettingsLoader.Sources(commandLine);
        }
        catch (InvalidDataException e)
        {
            return Refuse([$"{e.Message} {e.InnerException?.Message}"]);
        }
        var (settings, problems) = SettingsLoader.Load(configuration);
        if (commandLine.Problems.Count + problems.Count > 0) return Refuse([.. commandLine.Problems.Select(p => $"{p.Key}: {p.Message} {p.Fix}"), .. problems.Select(p => p.ToString())]);
        try
        {
            if (keys is not null) await new KeysRun(settings).RunAsync(keys.Request!, keys.IsJson);
            else await new ServerRun(settings, configuration, commandLine.Announce).RunAsync();
            return ExitCodes.Stopped;
        }
        catch (Exception e) when (StartFailure.Describe(e) is { } told)
        {
            return Refuse([told], StartFailure.IsStoreInUse(e) ? ExitCodes.StoreInUse : ExitCodes.Usage);
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(e);
            return ExitCodes.Failed;
        }
    }

    private static int RefuseKey(IReadOnlyList<string> problems)
    {
        Console.Error.WriteLine("No key was made:");
        foreach (var problem in problems) Console.Error.WriteLine($"  {problem}");
        return ExitCodes.Usage;
    }

    private static int Refuse(IReadOnlyList<string> problems, int exitCode = ExitCodes.Usage)
    {
        Console.Error.WriteLine(problems.Count == 1 ? "The server cannot start:" : $"The server cannot start; {problems.Count} problems were found:");
        foreach (var problem in problems) Console.Error.WriteLine($"  {problem}");
        return exitCode;
    }
}
