using Microsoft.Playwright;
using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Browser;

/// <summary>Pictures of every page for the documentation, of a server that runs already: docs/console.md has the command.</summary>
public sealed class Screenshots(Support.Browser browser) : IClassFixture<Support.Browser>
{
    /// <summary>From PNG to WebP, by the browser itself.</summary>
    private const string ToWebP = """
        async png => {
          const canvas = document.createElement('canvas'), image = new Image();
          image.src = 'data:image/png;base64,' + png;
          await image.decode();
          [canvas.width, canvas.height] = [image.width, image.height];
          canvas.getContext('2d').drawImage(image, 0, 0);
          return canvas.toDataURL('image/webp', 0.8).split(',')[1];
        }
        """;

    [Fact]
    public async Task Take()
    {
        var (address, folder, paths) = (Variable("PTUNE_SHOWN"), Variable("PTUNE_SHOWN_TO"), Variable("PTUNE_SHOWN_PAGES"));
        Assert.SkipWhen(address is null || folder is null || paths is null, "PTUNE_SHOWN, PTUNE_SHOWN_TO and PTUNE_SHOWN_PAGES (NAME=PATH ...) are not set.");
        foreach (var dark in new[] { false, true })
        {
            await using var window = await browser.OpenAsync(new Uri(address!), Contracts.Identity.JobIds.DefaultTenant, dark, 1120, 700);
            await using var other = await browser.OpenAsync(new Uri(address!), Contracts.Identity.JobIds.DefaultTenant);
            foreach (var page in paths!.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var (name, path) = (page[..page.IndexOf('=', StringComparison.Ordinal)], page[(page.IndexOf('=', StringComparison.Ordinal) + 1)..]);
                await window.Page.GotoAsync(path);
                // The first event of a live page has come.
                await window.Page.WaitForFunctionAsync("() => !document.getElementById('live') || document.getElementById('live').textContent === 'Live'");
                var webp = await other.Page.EvaluateAsync<string>(ToWebP, Convert.ToBase64String(await window.Page.ScreenshotAsync()));
                await File.WriteAllBytesAsync(Path.Combine(folder!, $"{name}-{(dark ? "dark" : "light")}.webp"), Convert.FromBase64String(webp));
            }
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
