using System.Runtime.CompilerServices;

namespace Ptune.Grains.Tests.Stability;

/// <summary>Where the committed lists and recordings are, and how they are renewed.</summary>
internal static class SourceFolder
{
    public const string RenewCommand = "PTUNE_RENEW=1 artifacts/bin/Grains.Tests/release/Ptune.Grains.Tests -class 'Ptune.Grains.Tests.Stability.*'";

    public static bool IsRenewing => Environment.GetEnvironmentVariable("PTUNE_RENEW") == "1";

    public static string Path(string relative) => System.IO.Path.Combine(Root(), relative);

    private static string Root([CallerFilePath] string file = "") => System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, ".."));
}
