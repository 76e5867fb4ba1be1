using Ptune.Fixtures.Servers;

namespace Ptune.Fixtures.Processes;

/// <summary>The whole system as separate processes on this machine: RabbitMQ, Azurite, two silos, and as many workers as are asked for.</summary>
public sealed class Cluster : IAsyncDisposable
{
    /// <summary>Short, so that what a death costs is seen soon.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(4);

    private readonly string _folder;
    private readonly TestAuthority? _authority;
    private readonly Dictionary<string, string> _common;
    private readonly List<string> _gateways = [];

    private Cluster(RabbitMqServer rabbit, AzuriteServer azurite, string folder, TestAuthority? authority)
    {
        (Rabbit, Azurite, _folder, _authority) = (rabbit, azurite, folder, authority);
        BrokerLine = TcpRelay.Start(authority is null ? rabbit.Port : rabbit.TlsPort);
        _common = new Dictionary<string, string>
        {
            ["PTUNE_Mode"] = "cluster",
            ["PTUNE_Orleans__ClusterId"] = "end-to-end",
            ["PTUNE_Orleans__ServiceId"] = "ptune",
            ["PTUNE_Storage__ConnectionString"] = azurite.ConnectionString,
            ["PTUNE_Messaging__Transport"] = "rabbitmq",
            ["PTUNE_Messaging__Uri"] = new UriBuilder(rabbit.Address) { Scheme = authority is null ? "amqp" : "amqps", Port = BrokerLine.Port }.Uri.ToString(),
            ["PTUNE_Jobs__LeaseDuration"] = LeaseDuration.ToString(),
            ["PTUNE_Jobs__SweepInterval"] = "00:00:01",
        };
    }

    public RabbitMqServer Rabbit { get; }

    public AzuriteServer Azurite { get; }

    /// <summary>The line between the broker and everybody else.</summary>
    public TcpRelay BrokerLine { get; }

    /// <summary>What the next silos and workers are started from.</summary>
    public Build Build { get; set; } = Build.This;

    public List<Program> Silos { get; } = [];

    public List<Program> Workers { get; } = [];

    public List<Api> Apis { get; } = [];

    /// <param name="lease">Default: <see cref="LeaseDuration"/>.</param>
    /// <param name="build">Default: <see cref="Build.This"/>.</param>
    /// <param name="variables">More variables of silos and workers.</param>
    /// <param name="authority">Signs for the broker and for every silo and worker, which then speak TLS on all lines but the store's. Default: none, nobody does.</param>
    public static async Task<Cluster> StartAsync(
        string folder, int workers, TimeSpan? lease = null, Build? build = null, IReadOnlyDictionary<string, string>? variables = null, TestAuthority? authority = null)
    {
        var broker = authority?.Issue("broker");
        var rabbit = RabbitMqServer.StartAsync(tls: broker is { } issued ? [authority!.File, issued.Certificate, issued.Key] : null);
        var azurite = AzuriteServer.StartAsync();
        // Both, before one that failed is told of: the other one would stay behind.
        await Task.WhenAll(rabbit, azurite).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!rabbit.IsCompletedSuccessfully || !azurite.IsCompletedSuccessfully)
        {
            if (rabbit.IsCompletedSuccessfully) await rabbit.Result.DisposeAsync();
            if (azurite.IsCompletedSuccessfully) await azurite.Result.DisposeAsync();
        }
        var cluster = new Cluster(await rabbit, await azurite, folder, authority) { Build = build ?? Build.This };
        if (lease is { } span) cluster._common["PTUNE_Jobs__LeaseDuration"] = span.ToString();
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) cluster._common[name] = value;
        try
        {
            (Program, string)[] silos = [cluster.LaunchSilo(), cluster.LaunchSilo()];
            foreach (var (silo, announcement) in silos) await cluster.UntilReadyAsync(silo, announcement);
            for (var i = 0; i < workers; i++) cluster.StartWorker();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task StartSiloAsync()
    {
        var (silo, announcement) = LaunchSilo();
        await UntilReadyAsync(silo, announcement);
    }

    /// <summary>Starts a silo that is not expected to get ready.</summary>
    /// <param name="changes">What is other in its variables; null removes one.</param>
    public Program StartSilo(IReadOnlyDictionary<string, string?> changes) => LaunchSilo(changes).Silo;

    private (Program Silo, string Announcement) LaunchSilo(IReadOnlyDictionary<string, string?>? changes = null)
    {
        var ports = FreePorts.Take(2);
        var announcement = Path.Combine(_folder, $"silo-{Silos.Count}.json");
        if (changes is null) _gateways.Add($"localhost:{ports[1]}");
        var settings = new Dictionary<string, string>(_common)
        {
            ["PTUNE_Http__Urls"] = _authority is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0",
            ["PTUNE_Orleans__AdvertisedAddress"] = "127.0.0.1",
            ["PTUNE_Orleans__SiloPort"] = $"{ports[0]}",
            ["PTUNE_Orleans__GatewayPort"] = $"{ports[1]}",
        };
        foreach (var section in new[] { "Http", "Orleans", "Messaging" }) AddCertificate(settings, section, $"silo-{Silos.Count}");
        Change(settings, changes);
        var silo = Program.Start("Silo", "Ptune.Silo.dll", ["--announce", announcement], settings, build: Build);
        Silos.Add(silo);
        return (silo, announcement);
    }

    /// <summary>In the order of their launch: an <see cref="Apis"/> has its silo's place.</summary>
    private async Task UntilReadyAsync(Program silo, string announcement)
    {
        await Eventually.IsTrueAsync("the silo announces itself", () => File.Exists(announcement) || silo.HasExited);
        if (silo.HasExited) throw new InvalidOperationException($"The silo ended at once:\n{silo.Output}");
        Apis.Add(new Api(Addresses.In(await File.ReadAllTextAsync(announcement)), _authority));
    }

    /// <param name="hasKey">Whether it has the account's key. Without, it knows the silos' gateways, and they issue it access.</param>
    /// <param name="changes">What is other in its variables; null removes one.</param>
    public Program StartWorker(bool hasKey = true, IReadOnlyDictionary<string, string?>? changes = null)
    {
        var settings = new Dictionary<string, string>(_common)
        {
            ["PTUNE_Worker__Executors"] = "1",
            ["PTUNE_Worker__Threads"] = "1",
            ["PTUNE_Worker__Cache"] = Path.Combine(_folder, $"worker-{Workers.Count}"),
        };
        if (!hasKey)
        {
            settings.Remove("PTUNE_Storage__ConnectionString");
            settings["PTUNE_Orleans__Gateways"] = string.Join(',', _gateways);
        }
        foreach (var section in new[] { "Orleans", "Messaging" }) AddCertificate(settings, section, $"worker-{Workers.Count}");
        Change(settings, changes);
        var worker = Program.Start("Supervisor", "Ptune.Supervisor.dll", [], settings, build: Build);
        Workers.Add(worker);
        return worker;
    }

    private void AddCertificate(Dictionary<string, string> settings, string section, string name)
    {
        if (_authority is null) return;
        (settings[$"PTUNE_{section}__Certificate"], settings[$"PTUNE_{section}__CertificateKey"], _) = _authority.Issue($"{name}-{section}");
        // Who reads the API shows no certificate.
        if (section != "Http") settings[$"PTUNE_{section}__Authority"] = _authority.File;
    }

    private static void Change(Dictionary<string, string> settings, IReadOnlyDictionary<string, string?>? changes)
    {
        foreach (var (name, value) in changes ?? new Dictionary<string, string?>())
        {
            if (value is null) settings.Remove(name);
            else settings[name] = value;
        }
    }

    /// <summary>All that the processes said, for a failure's message.</summary>
    public string Output => string.Join("\n----\n", Silos.Concat(Workers).Select(p => p.Output));

    public async ValueTask DisposeAsync()
    {
        foreach (var api in Apis) api.Dispose();
        foreach (var process in Workers.Concat(Silos)) await process.DisposeAsync();
        await BrokerLine.DisposeAsync();
        await Azurite.DisposeAsync();
        await Rabbit.DisposeAsync();
    }
}
