using System.Diagnostics;

namespace Ptune.Workers.Tests;

public sealed class WorkerProgramTests
{
    [Fact]
    public async Task Program_BadConfiguration_SaysAllOfItAndExitsWith2()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Programs.Supervisor]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PTUNE_Worker__Threads"] = "none";
        start.Environment["PTUNE_Worker__Devise"] = "cpu";
        start.Environment["PTUNE_Worker__Executor"] = Programs.FakeExecutor;
        start.Environment["PTUNE_Orleans__ClusterId"] = " ";
        start.Environment["PTUNE_Messaging__Uri"] = "http://broker";
        start.Environment.Remove("PTUNE_Storage__ConnectionString");
        using var process = Process.Start(start)!;

        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(2, process.ExitCode);
        Assert.Contains("Worker:Threads is 'none'", said, StringComparison.Ordinal);
        Assert.Contains("Worker:Devise is no setting", said, StringComparison.Ordinal);
        Assert.Contains("Orleans:ClusterId", said, StringComparison.Ordinal);
        Assert.Contains("Storage:ConnectionString is missing", said, StringComparison.Ordinal);
        Assert.Contains("Messaging:Uri", said, StringComparison.Ordinal);
    }
}
