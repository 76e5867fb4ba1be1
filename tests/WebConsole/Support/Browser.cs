using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Tests.Support;

/// <summary>One Chromium, Debian's, for the tests of a class. Each test opens a window of its own, which notes what goes wrong in it.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(Program), $"{Program} is missing: eng/setup test installs it.");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            // As root, which the machine of the tests may be, Chromium has no sandbox.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task<Window> OpenAsync(Uri server, string tenant, bool dark = false, int width = 1280, int height = 800)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = server.ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        await context.AddCookiesAsync([new Cookie { Name = TenantCookie.Name, Value = tenant, Url = server.ToString() }]);
        return new Window(context, await context.NewPageAsync(), server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page with its own cookies.</summary>
    public sealed class Window : IAsyncDisposable
    {
        private readonly IBrowserContext _context;
        private readonly List<string> _wrong = [];

        public Window(IBrowserContext context, IPage page, Uri server)
        {
            (_context, Page) = (context, page);
            page.Console += (_, message) => { if (message.Type is "error" or "warning") Note(message.Text); };
            page.PageError += (_, error) => Note(error);
            page.Request += (_, request) => { if (new Uri(request.Url) is { Scheme: "http" or "https" or "ws" or "wss" } asked && asked.Authority != server.Authority) Note($"asked {request.Url}"); };
        }

        public IPage Page { get; }

        /// <summary>Errors of the console, exceptions, and requests to elsewhere.</summary>
        public IReadOnlyList<string> Wrong
        {
            get { lock (_wrong) return [.. _wrong]; }
        }

        /// <summary>What axe-core finds serious or critical, in words.</summary>
        /// <param name="rules">These rules of axe-core only; none: all.</param>
        public async Task<string[]> AccessibilityAsync(params string[] rules) => [.. (await Page.RunAxe(rules is [] ? null : new AxeRunOptions { RunOnly = RunOnlyOptions.Rules(rules) })).Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{v.Id}: {v.Help}; {string.Join(", ", v.Nodes.Take(3).Select(n => n.Html))}")];

        public async ValueTask DisposeAsync() => await _context.DisposeAsync();

        private void Note(string text)
        {
            lock (_wrong) _wrong.Add(text);
        }
    }
}
