using Microsoft.Playwright;
using Ptune.Fixtures.Issuer;
using Ptune.WebConsole.Tests.Support;

namespace Ptune.WebConsole.Tests.Browser;

/// <summary>Login and logout at an issuer, in a real browser: it keeps to the policy of the pages, and to the rules of cookies that come from another site's page.</summary>
public sealed class IssuerWalkTests(IssuerConsole console, Support.Browser browser) : IClassFixture<IssuerConsole>, IClassFixture<Support.Browser>
{
    [Fact]
    public async Task Login_AtTheIssuerAndOutAgain()
    {
        (console.Issuer.Person, console.Issuer.Asks) = (new Person("ann", "ml-red"), true);
        // The issuer is 127.0.0.1, so the console is another site by another name.
        var address = new UriBuilder(console.Url) { Host = "localhost" }.Uri;
        await using var window = await browser.OpenAsync(address, "red");
        var page = window.Page;
        await page.GotoAsync("/jobs");
        Assert.Empty(await window.AccessibilityAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Log in with Corp & Co" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Go on" }).ClickAsync();
        await page.WaitForURLAsync($"{address}jobs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await page.WaitForURLAsync($"{address}login");
        Assert.Equal("ann", Assert.Single(console.Issuer.Ended));
        await page.GotoAsync("/jobs");
        Assert.StartsWith($"{address}login?", page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(window.Wrong, wrong => !wrong.StartsWith($"asked {console.Issuer.Url}", StringComparison.Ordinal));
    }
}
