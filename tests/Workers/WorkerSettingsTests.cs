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

    private static WorkerSettings Read((string Key, string? Value) setting)
    {
        var all = new Dictionary<string, string?> { ["Storage:ConnectionString"] = "UseDevelopmentStorage=true", ["Messaging:Uri"] = "amqp://guest:guest@127.0.0.1:5672/", ["Worker:Executor"] = Programs.FakeExecutor, [setting.Key] = setting.Value };
        return WorkerSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }
}
