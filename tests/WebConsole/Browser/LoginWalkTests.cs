using Microsoft.Playwright;
using Ptune.WebConsole.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Ptune.WebConsole.Tests.Browser;

/// <summary>Login, a key made and revoked, in a real browser.</summary>
public sealed class LoginWalkTests(GuardedConsole guarded, Support.Browser browser) : IClassFixture<GuardedConsole>, IClassFixture<Support.Browser>
{
    [Fact]
    public async Task Login_KeyCreatedAndRevoked_LoggedOut()
    {
        await using var window = await browser.OpenAsync(guarded.Url, "default");
        var page = window.Page;
        await page.GotoAsync("/keys");
        await page.GetByLabel("API key").FillAsync(GuardedConsole.Token);
        Assert.Empty(await window.AccessibilityAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.WaitForURLAsync("**/keys");
        await page.GetByLabel("Name").FillAsync("walked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create key" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("It is shown this once");
        Assert.Empty(await window.AccessibilityAsync());
        await Expect(page.Locator("[data-copy^='ptune keys create']")).ToHaveAttributeAsync("data-copy", "ptune keys create --tenant default --role submitter --name 'walked'");
        // What can be done to a key is in sight, also beside long names.
        Assert.InRange(await page.EvaluateAsync<double>("() => document.querySelector('.rows').getBoundingClientRect().right - document.querySelector('.scroll').getBoundingClientRect().right"), -2000, 1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Revoke" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "walked" })).ToContainTextAsync("revoked");
        await page.GotoAsync("/audit");
        Assert.Empty(await window.AccessibilityAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await page.WaitForURLAsync("**/login");
        Assert.Empty(window.Wrong);
    }
}
