using System.Diagnostics;
using System.Globalization;
using Ptune.ConsoleTimes.Bench;
using Ptune.Contracts.Http;
using Ptune.Fixtures;

// With 100,000 finished jobs and 100 that wait: the server's memory before any page and after all of them, and for each page the time from the request to its last byte.
var jobs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
var requests = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200;
using var folder = new TemporaryFolder("console-bench");
await Store.FillAsync(folder.PathOf("store"), jobs);
await using var server = await Server.StartAsync(folder.Location);
await Task.Delay(TimeSpan.FromSeconds(20));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{jobs:N0} jobs; idle server, no page shown yet: {server.Memory:0} MB"));

using var client = new HttpClient { BaseAddress = server.Url };
client.DefaultRequestHeaders.Add("Accept", "text/html");
var waiting = "";
for (var i = 0; i < 100; i++)
{
    using var spec = new StringContent($"apiVersion: ptune/v1\nkind: NoOp\nname: waits-{i}\nseed: {i}\nscheduling: {{ pool: empty }}\n", new System.Net.Http.Headers.MediaTypeHeaderValue(Routes.Yaml));
    using var answer = await client.PostAsync(Routes.Jobs, spec);
    using var view = System.Text.Json.JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    waiting = view.RootElement.GetProperty("jobId").GetString()!;
}
var deep = Ptune.Contracts.Identity.Digest.Hex(Ptune.Contracts.Identity.Digest.Of($"job {jobs / 10}"))[..32];
string[] pages = ["/", "/jobs", $"/jobs?after=default.{deep}", "/jobs?status=failed", $"/jobs/{waiting}", "/studies", "/models", "/workers", "/jobs?status=suspended"];
Console.WriteLine($"{"page",-28} {"median",9} {"p95",9} {"bytes",9}");
foreach (var page in pages)
{
    var length = 0;
    for (var i = 0; i < 10; i++) length = (await client.GetByteArrayAsync(page)).Length;
    var times = new double[requests];
    for (var i = 0; i < requests; i++)
    {
        var begin = Stopwatch.GetTimestamp();
        await client.GetByteArrayAsync(page);
        times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }
    Array.Sort(times);
    var name = page.Length > 28 ? page[..25] + "..." : page;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {times[requests / 2],6:0.0} ms {times[(int)(requests * 0.95)],6:0.0} ms {length,9:N0}"));
}
await Task.Delay(TimeSpan.FromSeconds(20));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"idle after all pages: {server.Memory:0} MB"));
