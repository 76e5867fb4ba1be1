using System.Reflection;

namespace Ptune.Silo.Telemetry;

/// <summary>What this program is.</summary>
internal static class BuildInfo
{
    public const string Product = "Portable Tuning Orchestrator";

    /// <summary>The version without the build's commit.</summary>
    public static string Version { get; } =
        typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
