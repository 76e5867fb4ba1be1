using Microsoft.Extensions.Configuration;
using Ptune.Fixtures;
using Ptune.Messaging;
using Ptune.Silo.Configuration;

namespace Ptune.Silo.Tests.Configuration;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("silo");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_Nothing_IsEmbeddedOnLoopback()
    {
        var (settings, problems) = Load();
        Assert.Empty(problems);
        Assert.Equal(ServerMode.Embedded, settings.Mode);
        Assert.Equal("http://127.0.0.1:8080", settings.Http.Urls);
        Assert.Null(settings.Http.Token);
        Assert.Equal(MessagingTransport.Memory, settings.Messaging.Transport);
        Assert.False(settings.HasWorker);
    }

    [Fact]
    public void Load_ManyMistakes_ReportsAllAtOnce()
    {
        var (_, problems) = Load(
            ("Mode", "clustr"), ("Http:Urls", "ftp://x"), ("Http:Tokn", "secret-secret"), ("Htp:Urls", "x"), ("Orleans:SiloPort", "99999"),
            ("Orleans:AdvertisedAddress", "example.org"), ("Jobs:LeaseDuration", "soon"), ("Jobs:SweepInterval", "1:00:00"), ("Messaging:QueueLength", "0"));
        Assert.Equal(
            ["Htp:Urls", "Http:Tokn", "Http:Urls", "Jobs:LeaseDuration", "Jobs:SweepInterval", "Messaging:QueueLength", "Mode", "Orleans:AdvertisedAddress", "Orleans:SiloPort"],
            problems.Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Http:Tokn", "PTUNE_Http__Token")]
    [InlineData("Htpp:Urls", "PTUNE_Http__Urls")]
    [InlineData("Jobs:LeaseDurations", "PTUNE_Jobs__LeaseDuration")]
    public void Load_UnknownKey_NamesTheNearest(string key, string nearest)
    {
        var (_, problems) = Load((key, "x"));
        Assert.Contains(nearest, Assert.Single(problems).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_IssuerWithMistakes_ReportsAllAtOnce()
    {
        var (_, problems) = Load(
            ("Access:Issuers:a:Authority", "http://login.example.org"), ("Access:Issuers:a:ClientSecret", "hidden-secret"), ("Access:Issuers:a:Grants", "ml=red"), ("Access:Issuers:b:Authority", "https://b.example.org"),
            ("Access:Issuers:b:Audience", "ptune"), ("Access:Issuers:b:ClientId", "console"), ("Access:Issuers:b:Scopes", "profile"), ("Access:Issuers:c d:Authority", "https://c.example.org"), ("Access:Issuers:c d:Audience", "ptune"),
            ("Access:Issuers:c d:ClientId", "console"), ("Http:PublicUrl", "https://ptune.example.org/below"));
        Assert.Equal(
            ["Access:Issuers:a:Audience", "Access:Issuers:a:Authority", "Access:Issuers:a:ClientId", "Access:Issuers:a:Grants", "Access:Issuers:b:Scopes", "Access:Issuers:c d", "Http:PublicUrl"],
            problems.Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(problems, p => p.ToString().Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_TenantsAndLabels_AreRead()
    {
        var (settings, problems) = Load(
            ("Jobs:Tenants:team-a:Weight", "2.5"), ("Jobs:Tenants:team-a:MaxRunning", "4"), ("Jobs:Tenants:team-b:MaxQueued", "100"), ("Worker:Labels:zone", "a"));
        Assert.Empty(problems);
        Assert.Equal((2.5, 4, null), (settings.Jobs.Tenants["team-a"].Weight, settings.Jobs.Tenants["team-a"].MaxRunning, settings.Jobs.Tenants["team-a"].MaxQueued));
        Assert.Equal((1.0, 100), (settings.Jobs.Tenants["team-b"].Weight, settings.Jobs.Tenants["team-b"].MaxQueued));
        Assert.Equal("a", settings.Worker.Labels["zone"]);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void Load_HubOffline_IsRead(string value, bool offline)
    {
        var (settings, problems) = Load(("Hub:Offline", value));
        Assert.Empty(problems);
        Assert.Equal(offline, settings.Hub.Offline);
        Assert.False(Load().Settings.Hub.Offline);
    }

    [Fact]
    public void Load_HubOfflineThatIsNeither_IsAMistake()
    {
        var (_, problems) = Load(("Hub:Offline", "perhaps"), ("Hub:Ofline", "true"));
        Assert.Equal(["Hub:Offline", "Hub:Ofline"], problems.Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Load_WrongTenants_ReportsAllAtOnce()
    {
        var (_, problems) = Load(
            ("Jobs:Tenants:a:Weigth", "2"), ("Jobs:Tenants:b:Weight", "much"), ("Jobs:Tenants:c:Weight", "0"), ("Jobs:Tenants:d:MaxRunning", "0"), ("Jobs:Tenants:Big:Weight", "2"), ("Jobs:Tenants:system:Weight", "2"));
        Assert.Equal(
            ["Jobs:Tenants:Big", "Jobs:Tenants:a:Weigth", "Jobs:Tenants:b:Weight", "Jobs:Tenants:c:Weight", "Jobs:Tenants:d:MaxRunning", "Jobs:Tenants:system"],
            problems.Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Contains("PTUNE_Jobs__Tenants__a__Weight", problems.Single(p => p.Key.EndsWith("Weigth", StringComparison.Ordinal)).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ClientsVariable_IsNoMistake() => Assert.Empty(Load(("SERVER", "http://127.0.0.1:1")).Problems);

    [Theory]
    [InlineData("http://0.0.0.0:80")]
    [InlineData("http://*:80")]
    [InlineData("http://192.168.1.4:80")]
    [InlineData("http://example.org:80")]
    [InlineData("http://127.0.0.1:80;http://[::]:80")]
    public void Load_PublicAddress_NeedsKeysAndCannotBeOpen(string urls)
    {
        var (settings, problems) = Load(("Http:Urls", urls));
        Assert.Empty(problems);
        Assert.True(settings.Http.RequiresAccess);
        var problem = Assert.Single(Load(("Http:Urls", urls), ("Http:Auth", "none")).Problems);
        Assert.Equal("Http:Auth", problem.Key);
    }

    [Fact]
    public void Load_Token_MeansThatKeysAreNeeded()
    {
        Assert.True(Load(("Http:Token", "long-enough-a-token")).Settings.Http.RequiresAccess);
        Assert.Equal("Http:Auth", Assert.Single(Load(("Http:Token", "long-enough-a-token"), ("Http:Auth", "none")).Problems).Key);
    }

    [Theory]
    [InlineData("required", true)]
    [InlineData("none", false)]
    [InlineData("", false)]
    public void Load_Auth_OnLoopback_IsAsChosen(string auth, bool required) => Assert.Equal(required, Load(("Http:Auth", auth)).Settings.Http.RequiresAccess);

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://127.0.0.1:1;http://127.0.0.2:1")]
    public void Load_LoopbackAddress_NeedsNoToken(string urls) => Assert.Empty(Load(("Http:Urls", urls)).Problems);

    [Fact]
    public void Load_HttpsWithoutACertificate_SaysWhichSettingsNameIt()
    {
        var (_, problems) = Load(("Http:Urls", "https://127.0.0.1:8080"));
        Assert.Equal("Http:Certificate", Assert.Single(problems).Key);
    }

    [Theory]
    [InlineData("127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:80/path")]
    [InlineData("http://localhost:0")]
    public void Load_WrongAddress_IsRefused(string urls) => Assert.Equal("Http:Urls", Assert.Single(Load(("Http:Urls", urls)).Problems).Key);

    [Fact]
    public void Load_ShortToken_IsRefusedAndNotShown()
    {
        var problem = Assert.Single(Load(("Http:Token", "s3cr3t")).Problems);
        Assert.DoesNotContain("s3cr3t", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ClusterWithoutItsParts_NamesEach()
    {
        var (_, problems) = Load(("Mode", "cluster"));
        Assert.Equal(["Messaging:Transport", "Storage:ConnectionString"], problems.Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Load_WholeCluster_IsAccepted()
    {
        var (settings, problems) = Load(
            ("Mode", "Cluster"), ("Storage:ConnectionString", "BlobEndpoint=http://127.0.0.1:1/devstoreaccount1"), ("Messaging:Transport", "rabbitmq"),
            ("Messaging:Uri", "amqp://guest:guest@127.0.0.1:5672/"), ("Orleans:AdvertisedAddress", "10.1.2.3"));
        Assert.Empty(problems);
        Assert.False(settings.HasWorker);
        Assert.Equal("10.1.2.3", settings.Orleans.AdvertisedAddress);
    }

    [Fact]
    public void Load_PublicSiloAddressEmbedded_IsRefused() =>
        Assert.Equal("Orleans:AdvertisedAddress", Assert.Single(Load(("Orleans:AdvertisedAddress", "10.1.2.3")).Problems).Key);

    [Fact]
    public void Load_FolderIsFile_IsRefused()
    {
        var file = _folder.PathOf("file");
        File.WriteAllText(file, "");
        Assert.Contains("is a file", Assert.Single(Load(("Storage:Folder", file)).Problems).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be made", Assert.Single(Load(("Storage:Folder", Path.Combine(file, "below"))).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WrongBrokerAddress_IsRefusedAndNotShown()
    {
        var (_, problems) = Load(("Messaging:Transport", "rabbitmq"), ("Messaging:Uri", "http://user:s3cr3t@host"));
        var problem = Assert.Single(problems);
        Assert.Equal("Messaging:Uri", problem.Key);
        Assert.DoesNotContain("s3cr3t", problem.ToString(), StringComparison.Ordinal);
    }

    private (ServerSettings Settings, IReadOnlyList<SettingProblem> Problems) Load(params (string Key, string Value)[] values)
    {
        var all = new Dictionary<string, string?> { ["Storage:Folder"] = _folder.PathOf("store"), ["Worker:Executors"] = "0" };
        foreach (var (key, value) in values) all[key] = value;
        return SettingsLoader.Load(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }
}
