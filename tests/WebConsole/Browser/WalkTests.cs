using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Ptune.Contracts.Jobs;
using Ptune.WebConsole.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Ptune.WebConsole.Tests.Browser;

/// <summary>What a person does, in a real browser.</summary>
public sealed class WalkTests(ConsoleServer server, Support.Browser browser) : IClassFixture<Support.Browser>
{
    /// <summary>Submit, watch live, cancel: the page changes by itself, and nothing goes wrong in the browser.</summary>
    [Fact]
    public async Task Job_SubmittedWatchedAndCancelled()
    {
        var tenant = $"t{Guid.NewGuid():n}";
        await using var window = await browser.OpenAsync(server.Url, tenant);
        var page = window.Page;
        await page.GotoAsync("/submit");
        await page.GetByLabel("A spec of a job").FillAsync($"apiVersion: ptune/v1\nkind: NoOp\nname: walked\nscheduling: {{ pool: {tenant} }}\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("walked");

        var worker = await new HandWorker(server, tenant).ReportAsync();
        var lease = await worker.AcquireAsync();
        await worker.ProgressAsync(lease, 10, 100, 2.5);
        await Expect(page.Locator(".now")).ToContainTextAsync("10 of 100 steps");
        await worker.ProgressAsync(lease, 40, 100, 1.5);
        await Expect(page.Locator(".now")).ToContainTextAsync("40 of 100 steps");
        await Expect(page.Locator(".now .curve")).ToHaveAttributeAsync("points", new System.Text.RegularExpressions.Regex(@"^[\d.]+,[\d.]+ [\d.]+,[\d.]+$"));
        await worker.LogAsync(lease, 0, "epoch 1 of 4\n");
        await Expect(page.Locator("#log")).ToContainTextAsync("epoch 1 of 4");

        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Cancel was asked for");
        await server.Grains.GetGrain<IJobGrain>(lease.JobId).Release(new AttemptRelease(worker.Id, lease.Epoch, null, "stopped"));
        await Expect(page.Locator("h1 .state")).ToHaveTextAsync("⊘Cancelled");
        Assert.Empty(window.Wrong);
    }

    [Fact]
    public async Task Worker_Drained_AndTheListChangesByItself()
    {
        var tenant = $"t{Guid.NewGuid():n}";
        await using var window = await browser.OpenAsync(server.Url, tenant);
        var page = window.Page;
        await page.GotoAsync("/workers");
        var worker = await new HandWorker(server, tenant, $"drained-{tenant[..8]}").ReportAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = worker.Id });
        await Expect(row).ToContainTextAsync("takes work", new() { Timeout = 15_000 });
        await row.GetByRole(AriaRole.Link, new() { Name = "Drain" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Drain" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = worker.Id })).ToContainTextAsync("drains");
        Assert.Empty(window.Wrong);
    }

    /// <summary>By keys alone: to the search, to a job, and past the navigation.</summary>
    [Fact]
    public async Task Keyboard_FindsAJobAndSkipsTheNavigation()
    {
        var tenant = $"t{Guid.NewGuid():n}";
        var id = await server.SubmitAsync(tenant, "sought", tenant);
        await using var window = await browser.OpenAsync(server.Url, tenant);
        var page = window.Page;
        await page.GotoAsync("/jobs");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("Skip to the content")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(id[(id.IndexOf('.') + 1)..][..12]);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("sought");
        // The keys are the script's, which runs when the whole page is there.
        await Expect(page.Locator("html")).ToHaveClassAsync("scripted");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("w");
        // On a machine that is busy with other suites a page may take long; where another one stands, the failure says which.
        await Expect(page).ToHaveURLAsync(new Regex("/workers$"), new() { Timeout = 60_000 });
        Assert.Empty(window.Wrong);
    }

    [Fact]
    public async Task Theme_Switched_StaysOnEveryPage()
    {
        await using var window = await browser.OpenAsync(server.Url, $"t{Guid.NewGuid():n}");
        var page = window.Page;
        await page.GotoAsync("/jobs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Theme: auto" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Theme: light" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.GotoAsync("/models");
        Assert.Equal("rgb(23, 26, 30)", await page.Locator(".bar").EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor"));
        Assert.Empty(window.Wrong);
    }

    /// <summary>What a script could not be stopped from by escaping alone, the policy stops.</summary>
    [Fact]
    public async Task Script_BroughtIn_DoesNotRun()
    {
        await using var window = await browser.OpenAsync(server.Url, $"t{Guid.NewGuid():n}");
        var page = window.Page;
        await page.GotoAsync("/");
        await page.EvaluateAsync("() => { const d = document.createElement('div'); d.innerHTML = '<img src=x onerror=\"window.ran = 1\">'; document.body.append(d); const s = document.createElement('script'); s.textContent = 'window.ran = 2'; document.body.append(s); }");
        Assert.Null(await page.EvaluateAsync<int?>("() => window.ran ?? null"));
        Assert.Contains(window.Wrong, text => text.Contains("Content Security Policy", StringComparison.Ordinal));
    }
}
