using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Pages;

/// <summary>The first page, workers and what changes there.</summary>
public sealed class OverviewTests(ConsoleServer server)
{
    [Fact]
    public async Task Overview_WaitingAndFailedJobs_ShowsTheReasonAndTheCause()
    {
        using var visitor = server.NewVisitor();
        await server.SubmitAsync(visitor.Tenant, "breaks", visitor.Tenant);
        var worker = await new HandWorker(server, visitor.Tenant).ReportAsync();
        var lease = await worker.AcquireAsync();
        await worker.FailAsync(lease, "the file is cut off");
        await server.SubmitAsync(visitor.Tenant, "stays", $"{visitor.Tenant}x", seed: 2);
        var html = await Eventually.ValueAsync("the overview has counted", () => visitor.ReadAsync("/"), page =>
            page.Contains("wrong spec, data or input", StringComparison.Ordinal) && page.Contains("First in line", StringComparison.Ordinal) && page.Contains("stays", StringComparison.Ordinal));
        Assert.Contains("breaks", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workers_Drained_IsAskedForAndOrdered()
    {
        using var visitor = server.NewVisitor();
        var worker = await new HandWorker(server, visitor.Tenant).ReportAsync();
        await Eventually.ValueAsync("the worker is listed", () => visitor.ReadAsync("/workers"), html => html.Contains(worker.Id, StringComparison.Ordinal));
        using var answer = await visitor.SendAsync($"/workers/{worker.Id}/drain", $"/workers/{worker.Id}/drain");
        Assert.Equal("/workers?done=drain", answer.Headers.Location!.ToString());
        Assert.Equal(Contracts.Workers.WorkerOrder.Drain, (await server.Grains.GetGrain<Contracts.Workers.IWorkerGrain>(worker.Id).Get())!.Order);
    }

    [Fact]
    public async Task Live_JobChanges_ArriveUntilItIsFinal()
    {
        using var visitor = server.NewVisitor();
        var id = await server.SubmitAsync(visitor.Tenant, "watched", visitor.Tenant);
        using var stream = new StreamReader(await visitor.Http.GetStreamAsync($"/live/jobs/{id}"));
        Assert.Equal("event: changed", await NextAsync(stream));
        await server.Grains.GetGrain<IJobGrain>(id).Cancel(asker: null);
        Assert.Equal("event: changed", await NextAsync(stream));
        Assert.Equal("event: done", await LastAsync(stream));
    }

    private static async Task<string?> NextAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
            if (line.StartsWith("event:", StringComparison.Ordinal)) return line;
        return null;
    }

    private static async Task<string?> LastAsync(StreamReader stream)
    {
        string? last = null;
        while (await NextAsync(stream) is { } line) last = line;
        return last;
    }
}
