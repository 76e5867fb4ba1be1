using Ptune.Fixtures.Processes;
using Ptune.Fixtures.Servers;

namespace Ptune.Fixtures.Tests;

public sealed class ServerStartTests
{
    [Fact]
    public void Require_MissingProgram_SaysHowToGetIt()
    {
        var error = Assert.Throws<FileNotFoundException>(() => ServerStart.Require("RabbitMQ", "/nowhere/rabbitmq-server"));

        Assert.Contains("eng/setup test", error.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/rabbitmq-server", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UntilReadyAsync_ProgramEnds_TellsItsCodeAndItsLastWords()
    {
        using var folder = new TemporaryFolder();
        await using var process = ServerProcess.Start("/bin/sh", ["-c", "echo no room; exit 7"], folder.PathOf("log"), []);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ServerStart.UntilReadyAsync("The server", process, () => Task.FromResult(false), TestContext.Current.CancellationToken));

        Assert.Contains("code 7", error.Message, StringComparison.Ordinal);
        Assert.Contains("no room", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnFreePortsAsync_PortTaken_TriesAgainButNotForever()
    {
        var starts = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(() => ServerStart.OnFreePortsAsync<int>(() =>
        {
            starts++;
            throw new InvalidOperationException("address already in use");
        }));

        Assert.Equal(3, starts);
    }
}
