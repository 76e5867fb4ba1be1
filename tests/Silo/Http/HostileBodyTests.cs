using System.Diagnostics;
using System.Net;
using System.Text;
using Ptune.Contracts.Http;
using Ptune.Fixtures;
using Ptune.Fixtures.Data;
using Ptune.Fixtures.Processes;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

/// <summary>One request that asks for too much is refused, and everybody else is answered meanwhile. The server is a process of its own: it may die.</summary>
public sealed class HostileBodyTests : IDisposable
{
    /// <summary>How much later than from an idle server the median answer may come.</summary>
    private static readonly TimeSpan _promptly = TimeSpan.FromMilliseconds(100);

    private const int IdleAnswers = 200;

    private readonly TemporaryFolder _folder = new("hostile");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Post_HostileSpecs_AreRefusedWhileTheServerAnswersOthers()
    {
        await using var server = await SiloProcess.StartAsync(_folder.Location);
        using var client = server.Client();
        // On a machine with other work an idle server answers late, too.
        var idle = Median(await WatchHealthAsync(server, times => times.Count == IdleAnswers));
        using var end = new CancellationTokenSource();
        var health = Task.Run(() => WatchHealthAsync(server, _ => end.IsCancellationRequested), CancellationToken.None);

        string[] paths = [Routes.Plan, Routes.Jobs, Routes.Studies, Routes.Sweeps];
        var sent = 0;
        foreach (var name in HostileSpecs.Names)
        {
            var body = Encoding.UTF8.GetBytes(HostileSpecs.Text(name));
            var started = CpuTime.OfProcess(server.Pid);
            var (status, answer) = await PostAsync(client, paths[sent++ % paths.Length], body);
            var time = CpuTime.OfProcess(server.Pid) - started;

            Assert.True((int)status is >= 400 and < 500, $"{name}: {status} {Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, 1_000)))}");
            Assert.True(time <= HostileSpecs.MostTime, $"{name}: {time} on a processor");
            Assert.True(answer.Length <= HostileSpecs.MostAnswer, $"{name}: {answer.Length:N0} bytes");
        }
        await Task.WhenAll(HostileSpecs.Names.Select(name => PostAsync(client, Routes.Plan, Encoding.UTF8.GetBytes(HostileSpecs.Text(name)))));

        await end.CancelAsync();
        Assert.InRange(Median(await health), TimeSpan.Zero, idle + _promptly);
    }

    private static async Task<(HttpStatusCode Status, byte[] Answer)> PostAsync(HttpClient client, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(Routes.Yaml);
        using var answer = await client.PostAsync(path, content);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Asks again and again; an answer that is not OK, or none, is an exception.</summary>
    /// <returns>How long each answer took.</returns>
    private static async Task<List<TimeSpan>> WatchHealthAsync(SiloProcess server, Func<List<TimeSpan>, bool> isEnough)
    {
        using var client = server.Client();
        var times = new List<TimeSpan>();
        while (!isEnough(times))
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync("/health/live");
            answer.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(started));
        }
        return times;
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
