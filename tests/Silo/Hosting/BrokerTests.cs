using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Ptune.Contracts.Http;
using Ptune.Fixtures;
using Ptune.Fixtures.Servers;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Hosting;

public sealed class BrokerTests
{
    [Fact]
    public async Task Ready_WithoutTheBroker_IsDegradedAndJobsAreAccepted()
    {
        using var folder = new TemporaryFolder("broker");
        await using var server = await SiloProcess.StartAsync(folder.Location, new()
        {
            ["PTUNE_Messaging__Transport"] = "rabbitmq",
            ["PTUNE_Messaging__Uri"] = $"amqp://guest:guest@127.0.0.1:{FreePorts.Next().ToString(CultureInfo.InvariantCulture)}/",
        });
        using var client = new TenantClient(server.Client(), "tenant");

        using var ready = await client.GetAsync("/health/ready");
        using var accepted = await client.PostAsync(Routes.Jobs, Specs.NoOp("a", "idle"));

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        var answer = JsonNode.Parse(await ready.Content.ReadAsStringAsync())!;
        Assert.Equal(("degraded", true), ((string?)answer["status"], (bool)answer["acceptsJobs"]!));
        Assert.Contains("accepted", (string?)answer["checks"]!["messaging"]!["description"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
    }

    [Fact]
    public async Task Ready_WhileTheBrokersMemoryAlarmIsOn_IsDegradedAndSaysWhy()
    {
        using var folder = new TemporaryFolder("broker");
        await using var broker = await RabbitMqServer.StartAsync();
        await using var server = await SiloProcess.StartAsync(folder.Location, new() { ["PTUNE_Messaging__Transport"] = "rabbitmq", ["PTUNE_Messaging__Uri"] = broker.Address.ToString() });
        using var client = new TenantClient(server.Client(), "tenant");
        await StatusAsync(client, "healthy");

        await broker.SetMemoryAlarmAsync(on: true);
        var answer = await StatusAsync(client, "degraded");
        Assert.Contains("low on memory", (string?)answer["checks"]!["broker"]!["description"], StringComparison.Ordinal);
        Assert.DoesNotContain("guest", answer.ToJsonString(), StringComparison.Ordinal);

        await broker.SetMemoryAlarmAsync(on: false);
        await StatusAsync(client, "healthy");
    }

    private static Task<JsonNode> StatusAsync(TenantClient client, string status) => Eventually.ValueAsync(
        $"the server is {status}", () => client.GetAsync<JsonNode>("/health/ready"), answer => (string?)answer["status"] == status);
}
