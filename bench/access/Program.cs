using System.Diagnostics;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Ptune.Access.Bench;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Fixtures;
using Ptune.Silo.Configuration;
using Ptune.Silo.Hosting;
using Ptune.Silo.Security;

// What a request's authentication costs, and what a budget costs a submit: bench/access/run [requests] [submits] [rounds]
var requests = args.Length > 0 ? int.Parse(args[0]) : 20_000;
var submits = args.Length > 1 ? int.Parse(args[1]) : 500;
var rounds = args.Length > 2 ? int.Parse(args[2]) : 7;
using var folder = new TemporaryFolder("access");
await using var keyed = await StartAsync("required");
await using var open = await StartAsync("none");
var key = (await keyed.Services.GetRequiredService<ApiKeys>().CreateAsync(Role.Viewer, "default", null, null, "bench"))!.Key;

Console.WriteLine($"{Environment.ProcessorCount} cores, {requests} requests each, after as many to warm up; p50 and p99 in microseconds");
await ReportAsync("authentication alone, a key that is remembered", () => AuthenticateAsync(keyed, $"Bearer {key}"));
await ReportAsync("authentication alone, an open server", () => AuthenticateAsync(open, null));
using var withKey = Client(keyed, key);
using var without = Client(open, null);
await ReportAsync("GET /v1/version over loopback, with the key", () => withKey.GetByteArrayAsync(Routes.Version));
await ReportAsync("GET /v1/version over loopback, an open server", () => without.GetByteArrayAsync(Routes.Version));
using var budgets = new Budgets(open, () => Client(open, null));
await budgets.ReportAsync(submits, rounds);
await keyed.StopAsync();
await open.StopAsync();

async Task ReportAsync(string name, Func<Task> request)
{
    for (var i = 0; i < requests; i++) await request();
    var times = new double[requests];
    for (var i = 0; i < requests; i++)
    {
        var begin = Stopwatch.GetTimestamp();
        await request();
        times[i] = Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
    }
    Array.Sort(times);
    Console.WriteLine($"{name,-50} {times[requests / 2],8:0.0} {times[requests * 99 / 100],8:0.0}");
}

static async Task AuthenticateAsync(WebApplication app, string? authorization)
{
    var http = new DefaultHttpContext { RequestServices = app.Services };
    if (authorization is not null) http.Request.Headers.Authorization = authorization;
    var result = await http.AuthenticateAsync();
    if (!result.Succeeded) throw new InvalidOperationException(result.Failure?.Message ?? "not let in");
}

static HttpClient Client(WebApplication app, string? key)
{
    var client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    if (key is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", key);
    return client;
}

async Task<WebApplication> StartAsync(string auth)
{
    var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Http:Urls"] = "http://127.0.0.1:0",
        ["Http:Auth"] = auth,
        ["Storage:Folder"] = folder.PathOf(auth),
        ["Worker:Executors"] = "0",
    }).Build();
    var app = ServerHost.Build(SettingsLoader.Load(configuration).Settings, configuration);
    await app.StartAsync();
    return app;
}
