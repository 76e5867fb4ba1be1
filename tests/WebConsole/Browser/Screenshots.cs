using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Browser;

/// <summary>Pictures of every page for the documentation, of a server that runs already: docs/console.md has the command.</summary>
public sealed class Screenshots(Support.Browser browser) : IClassFixture<Support.Browser>
{
    [Fact]
    public async Task Take()
    {
        var (address, folder, paths) = (Variable("PTUNE_SHOWN"), Variable("PTUNE_SHOWN_TO"), Variable("PTUNE_SHOWN_PAGES"));
        Assert.SkipWhen(address is null || folder is null || paths is null, "PTUNE_SHOWN, PTUNE_SHOWN_TO and PTUNE_SHOWN_PAGES (NAME=PATH ...) are not set.");
        foreach (var dark in new[] { false, true })
        {
            await using var window = await browser.OpenAsync(new Uri(address!), Contracts.Identity.JobIds.DefaultTenant, dark, 1120, 700);
            foreach (var page in paths!.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var (name, path) = (page[..page.IndexOf('=', StringComparison.Ordinal)], page[(page.IndexOf('=', StringComparison.Ordinal) + 1)..]);
                await window.Page.GotoAsync(path);
                // The first event of a live page has come, or there is none.
                await window.Page.WaitForFunctionAsync("() => !document.getElementById('live') || document.getElementById('live').textContent === 'Live'");
                await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder!, $"{name}-{(dark ? "dark" : "light")}.png") });
            }
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
