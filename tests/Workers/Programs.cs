namespace Ptune.Workers.Tests;

/// <summary>The programs that the tests start, where the build puts them.</summary>
internal static class Programs
{
    public static string FakeExecutor => Built("FakeExecutor", "Ptune.FakeExecutor.dll");

    public static string Executor => Built("Executor", "Ptune.Executor.dll");

    public static string Supervisor => Built("Supervisor", "Ptune.Supervisor.dll");

    private static string Built(string project, string file)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(output.Parent!.Parent!.FullName, project, output.Name, file);
    }
}
