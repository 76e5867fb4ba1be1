using Microsoft.Extensions.Configuration;
using Ptune.Supervisor.Hosting;

namespace Ptune.Workers.Tests;

public sealed class WorkerSettingsTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("true", true)]
    public void Read_HubOffline_IsTheWorkersSetting(string? value, bool offline) => Assert.Equal(offline, Read(("Hub:Offline", value)).Hub.Offline);

    [Theory]
    [InlineData("Hub:Offline", "perhaps", "Hub:Offline is 'perhaps'")]
    [InlineData("Hub:Ofline", "true", "Hub:Ofline is not a setting. Known settings: Offline.")]
    public void Read_HubSettingThatIsWrong_IsAMistake(string key, string value, string message) =>
        Assert.Contains(message, Assert.Throws<SettingsException>(() => Read((key, value))).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_GatewaysWithoutAConnectionString_AreEnough() => Assert.Null(Read(("Orleans:Gateways", "silo:30000"), ("Storage:ConnectionString", null)).Store.ConnectionString);

    [Fact]
    public void Read_NeitherGatewaysNorAConnectionString_IsAMistake() =>
        Assert.Contains("Orleans:Gateways", Assert.Throws<SettingsException>(() => Read(("Storage:ConnectionString", null))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("silo")]
    [InlineData("silo:")]
    [InlineData(":30000")]
    [InlineData("silo:70000")]
    [InlineData("silo:30000,other")]
    [InlineData(",")]
    public void Read_GatewaysThatAreNone_AreAMistake(string gateways) =>
        Assert.Contains("Orleans:Gateways is", Assert.Throws<SettingsException>(() => Read(("Orleans:Gateways", gateways))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Gateways_OfANameWithoutAddress_AreLeftOut()
    {
        var gateways = await new GatewayNames("no-such-host.invalid:1, 127.0.0.1:30000,[::1]:30001", TimeSpan.FromSeconds(5)).GetGateways();
        Assert.Equal(["gwy.tcp://127.0.0.1:30000/0", "gwy.tcp://[::1]:30001/0"], gateways.Select(gateway => gateway.ToString()));
    }

    private static WorkerSettings Read(params (string Key, string? Value)[] given)
    {
        var all = new Dictionary<string, string?> { ["Storage:ConnectionString"] = "UseDevelopmentStorage=true", ["Messaging:Uri"] = "amqp://guest:guest@127.0.0.1:5672/", ["Worker:Executor"] = Programs.FakeExecutor };
        foreach (var (key, value) in given) all[key] = value;
        return WorkerSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }
}
