using System.Text;

namespace Ptune.Kubernetes.Tests;

/// <summary>
/// The silo itself reads what its pod would give it. One setting is broken on purpose, so that it never starts: it then lists all
/// that is wrong at once, and that must be the broken one alone.
/// </summary>
public sealed class PodSettingsTests
{
    private const string Broken = "PTUNE_Storage__ConnectionString";
    private const string RefusedSettings = "  PTUNE_";

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Silo_WithItsPodsSettings_FindsThemAllInOrder(string name) =>
        Assert.Equal([Broken], await RefusedAsync(await SettingsAsync(name)));

    [Fact]
    public async Task Silo_WithASettingThatItDoesNotKnow_RefusesIt()
    {
        var settings = await SettingsAsync("base");
        settings["PTUNE_Htpp__Urls"] = "http://127.0.0.1:8080";
        Assert.Equal(["PTUNE_Htpp__Urls", Broken], await RefusedAsync(settings));
    }

    /// <summary>The names of the settings that the silo will not start with.</summary>
    private static async Task<IEnumerable<string>> RefusedAsync(Dictionary<string, string> settings)
    {
        // artifacts/bin/Kubernetes.Tests/release/ -> artifacts/bin/Silo/release/
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var silo = Repository.PathOf("artifacts", "bin", "Silo", configuration, "Ptune.Silo.dll");
        Assert.True(File.Exists(silo), $"{silo} is not built: dotnet build src/Silo -c {configuration}");
        var run = await Command.RunAsync("dotnet", [silo], "", "The .NET 10 runtime is needed.", TestContext.Current.CancellationToken, settings);
        Assert.True(run.ExitCode == 2, $"the silo ended with {run.ExitCode}:\n{run.Output}{run.Error}");
        return run.Error.Split('\n').Where(line => line.StartsWith(RefusedSettings, StringComparison.Ordinal)).Select(line => line.Trim().Split(':')[0]).Order(StringComparer.Ordinal);
    }

    private static async Task<Dictionary<string, string>> SettingsAsync(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var container = Assert.Single(overlay.Named("ptune-silo").Containers);
        var settings = overlay.Settings(container).ToDictionary();
        foreach (var variable in container.Env.Where(v => v.ValueFrom is not null))
            settings[variable.Name] = variable.ValueFrom.SecretKeyRef is { } key ? Secret(overlay, key) : "10.0.0.7";
        settings[Broken] = "broken";
        return settings;
    }

    // Where the overlay leaves Secrets to the user: values of the form that the guide gives.
    private static string Secret(Overlay overlay, V1SecretKeySelector key) =>
        overlay.All<V1Secret>().SingleOrDefault(s => s.Metadata.Name == key.Name) is { } secret ? Encoding.UTF8.GetString(secret.Data[key.Key])
        : key.Key switch
        {
            "uri" => "amqp://user:password@rabbitmq.example.com:5672/",
            "token" => new string('0', 64),
            _ => "",
        };
}
