using Ptune.Contracts.Identity;
using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Browser;

/// <summary>Every page in a real browser, light and dark: nothing serious for axe-core, nothing wrong in the console, nothing wider than a phone.</summary>
public sealed class EveryPageTests(ConsoleServer server, Support.Browser browser) : IClassFixture<Support.Browser>
{
    private static readonly string[] s_paths = ["/", "/jobs", "/studies", "/sweeps", "/models", "/models?kind=artifacts", "/workers", "/dead-letters", "/submit", "/nothing"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_InEitherTheme_AreAccessible(bool dark)
    {
        var (tenant, paths) = await FilledAsync();
        await using var window = await browser.OpenAsync(server.Url, tenant, dark);
        foreach (var path in paths)
        {
            await window.Page.GotoAsync(path);
            // In the dark only colours differ.
            var found = dark ? await window.AccessibilityAsync("color-contrast") : await window.AccessibilityAsync();
            Assert.True(found.Length == 0, $"{path}: {string.Join('\n', found)}");
        }
        Assert.DoesNotContain(window.Wrong, text => !text.Contains("404", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_OnAPhone_AreNotWiderThanIt()
    {
        var (tenant, paths) = await FilledAsync();
        await using var window = await browser.OpenAsync(server.Url, tenant, width: 360, height: 740);
        foreach (var path in paths)
        {
            await window.Page.GotoAsync(path);
            Assert.True(await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= 360, $"{path} is wider than a phone.");
        }
    }

    /// <summary>The pages' names are a strip that scrolls there: the name of the page that is shown is in sight.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/tenants")]
    [InlineData("/audit")]
    public async Task Pages_OnAPhone_ShowWhichOneItIs(string path)
    {
        await using var window = await browser.OpenAsync(server.Url, $"t{Guid.NewGuid():n}", width: 360, height: 740);
        await window.Page.GotoAsync(path);
        var sides = await window.Page.EvaluateAsync<double[]>("() => { const at = document.querySelector('.pages [aria-current]').getBoundingClientRect(); return [at.left, at.right]; }");
        Assert.InRange(sides[0], 0, sides[1]);
        Assert.InRange(sides[1], sides[0], 360);
    }

    /// <summary>A tenant with a job in each of a few states.</summary>
    private async Task<(string Tenant, string[] Paths)> FilledAsync()
    {
        var tenant = $"t{Guid.NewGuid():n}";
        var failed = await server.SubmitAsync(tenant, "failed", tenant);
        var worker = await new HandWorker(server, tenant).ReportAsync();
        var lease = await worker.AcquireAsync();
        await worker.LogAsync(lease, 0, "a line\n");
        await worker.FailAsync(lease, "a sentence that says why");
        var running = await server.SubmitAsync(tenant, "running", tenant, seed: 2);
        await worker.ProgressAsync(await worker.AcquireAsync(), 5, 10, 1.25);
        var queued = await server.SubmitAsync(tenant, "queued", tenant, seed: 3);
        await server.Grains.GetGrain<ITenantsGrain>(ITenantsGrain.Key).Create(tenant, new TenantSettings(Budget: 2.5, Pools: [tenant]), "boss");
        return (tenant, [.. s_paths, "/tenants", $"/tenants/{tenant}", $"/jobs/{failed}", $"/jobs/{running}", $"/jobs/{queued}", $"/jobs/{queued}/cancel"]);
    }
}
