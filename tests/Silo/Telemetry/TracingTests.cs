using System.Text;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.Fixtures.Servers;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Telemetry;

/// <summary>A server that exports by OTLP.</summary>
public sealed class TracingTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task Submit_WithATraceparent_IsExportedInItsTraceAndLoggedWithItsTenant()
    {
        using var folder = new TemporaryFolder("tracing");
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var server = await SiloProcess.StartAsync(folder.Location, new(receiver.Variables)
        {
            ["PTUNE_Logging__Format"] = "json",
            ["PTUNE_Logging__LogLevel__Microsoft.AspNetCore.Routing"] = "Debug",
        });
        using var client = new TenantClient(server.Client(), "red");
        client.Http.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));

        // The name of a span stands behind its length.
        await receiver.UntilAsync("/v1/traces", Convert.FromHexString(Trace), "\u0006submit"u8.ToArray(), "\u0006effect"u8.ToArray(), "ptune.job.kind"u8.ToArray());
        await receiver.UntilAsync("/v1/logs", Encoding.ASCII.GetBytes("tenant"));
        Assert.Contains("\"tenant\":\"red\"", server.Log, StringComparison.Ordinal);
    }
}
