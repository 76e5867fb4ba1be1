using System.Net;
using System.Net.Sockets;
using System.Text;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

/// <summary>Hundreds of clients that hold connections and hardly say anything, or do not listen: others are served, and the slow ones are cut off. The server is a process of its own.</summary>
public sealed class SlowConnectionTests : IDisposable
{
    private const int Slow = 500;
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new("slow");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SlowHeadersAndBodies_AreCutOffWhileOthersAreServed()
    {
        await using var server = await SiloProcess.StartAsync(_folder.Location, new() { ["PTUNE_Http__HeaderTimeout"] = "0:00:03" });
        using var client = new TenantClient(server.Client(), "quick");
        var slow = await Task.WhenAll(Enumerable.Range(0, Slow).Select(i => OpenAsync(server, i % 2 == 0
            ? "GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
            : $"POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: {Routes.Yaml}\r\nContent-Length: 100000\r\n\r\napi")));
        try
        {
            for (var seed = 1; seed <= 20; seed++) await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("served", "idle", seed));
            await Task.WhenAll(slow.Select(ClosedAsync)).WaitAsync(_limit);
        }
        finally
        {
            foreach (var connection in slow) connection.Dispose();
        }
        Assert.Equal(20, (await client.GetAsync<object[]>(Routes.Jobs)).Length);
    }

    [Fact]
    public async Task EventStreams_ThatNobodyReads_DoNotKeepOthersFromTheirs()
    {
        await using var server = await SiloProcess.StartAsync(_folder.Location);
        using var client = new TenantClient(server.Client(), "quick");
        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("watched", "idle"));
        var path = Routes.JobEvents.Replace("{id}", job.JobId, StringComparison.Ordinal);
        var deaf = await Task.WhenAll(Enumerable.Range(0, Slow).Select(_ => OpenAsync(server, $"GET {path} HTTP/1.1\r\nHost: localhost\r\n{Routes.TenantHeader}: quick\r\n\r\n")));
        try
        {
            await using var events = await EventStream.OpenAsync(client, path);
            await client.PostAsync<JobView>($"/v1/jobs/{job.JobId}/cancel");
            JobView? last = null;
            while (await events.NextAsync<JobView>("job").WaitAsync(_limit) is { } view) last = view;
            Assert.Equal(JobStatus.Cancelled, last?.Status);
        }
        finally
        {
            foreach (var connection in deaf) connection.Dispose();
        }
    }

    [Fact]
    public async Task MoreConnectionsThanThereMayBe_AreClosedAndOthersGoOn()
    {
        await using var server = await SiloProcess.StartAsync(_folder.Location, new() { ["PTUNE_Http__MaxConnections"] = "20" });
        using var client = server.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
        var held = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 40; i++) held.Add(await OpenAsync(server, "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));
            // The one that there was goes on.
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
            await Task.WhenAll(held.Skip(20).Select(ClosedAsync)).WaitAsync(_limit);
        }
        finally
        {
            held.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task<TcpClient> OpenAsync(SiloProcess server, string text)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(server.Url.Host, server.Url.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        return connection;
    }

    /// <summary>Completes when the server has closed the connection, with an answer or without.</summary>
    private static async Task ClosedAsync(TcpClient connection)
    {
        var buffer = new byte[1024];
        try
        {
            while (await connection.GetStream().ReadAsync(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // It was reset.
        }
    }
}
