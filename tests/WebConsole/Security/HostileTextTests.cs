using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Security;

/// <summary>Whatever others wrote is shown as text.</summary>
public sealed class HostileTextTests(ConsoleServer server)
{
    private const string Script = "<script>alert(document.domain)</script>", Image = "\"'><img src=x onerror=alert(1)>";

    [Fact]
    public async Task Job_WithHostileTexts_ShowsThemAsText()
    {
        using var visitor = server.NewVisitor();
        var id = await server.SubmitAsync(visitor.Tenant, "hostile", visitor.Tenant, asker: Script + Image);
        var worker = await new HandWorker(server, visitor.Tenant, $"w-{Guid.NewGuid():n}-{Image}").ReportAsync();
        var lease = await worker.AcquireAsync();
        await worker.LogAsync(lease, 0, $"</pre>{Script}{Image}\n");
        await worker.FailAsync(lease, Script + Image);
        foreach (var path in new[] { $"/jobs/{id}", "/workers", "/", "/jobs" }) AssertText(await visitor.ReadAsync(path));
        Assert.Contains("&lt;script&gt;alert(document.domain)&lt;/script&gt;", await visitor.ReadAsync($"/jobs/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_WithHostileTexts_ShowThemAsText()
    {
        using var visitor = server.NewVisitor();
        var text = Uri.EscapeDataString(Script + Image);
        foreach (var path in new[] { $"/jobs?name={text}&pool={text}&status={text}&kind={text}&after={text}", $"/studies?name={text}", $"/jobs?done={text}&jobs={text}", $"/models?kind={text}", $"/workers?done={text}" })
            AssertText(await visitor.ReadAsync(path));
        foreach (var path in new[] { $"/jobs/{text}", $"/studies/{text}", $"/sweeps/{text}", $"/artifacts/{text}", $"/workers/{text}/drain", $"/{text}" })
            AssertText(await visitor.ReadAsync(path, System.Net.HttpStatusCode.NotFound));
        using var spec = await visitor.SendAsync("/submit", "/submit", ("spec", $"</textarea>{Script}{Image}"));
        AssertText(await spec.Content.ReadAsStringAsync());
    }

    private static void AssertText(string html)
    {
        Assert.DoesNotContain("<script>", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
    }
}
