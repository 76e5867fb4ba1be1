using Ptune.Contracts.Specs;
using Ptune.Executor.Hub;
using Ptune.Fixtures;
using Ptune.Learning;
using Ptune.Protocol;

namespace Ptune.Workers.Tests.Hub;

public sealed class HubEnvironmentTests : IDisposable
{
    private readonly TemporaryFolder _home = new("home");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Read_WithoutVariables_IsThePublicHubWithoutToken()
    {
        var settings = Read();

        Assert.Equal(("https://huggingface.co/", null, null), (settings.Endpoint.AbsoluteUri, settings.Token, settings.OfflineBy));
        Assert.Equal(_home.PathOf(".cache", "huggingface", "hub"), settings.Cache);
        Assert.Equal("/downloads", settings.Folder);
    }

    [Theory]
    [InlineData("HF_HUB_CACHE", "/c", "/c")]
    [InlineData("HUGGINGFACE_HUB_CACHE", "/c", "/c")]
    [InlineData("HF_HOME", "/h", "/h/hub")]
    [InlineData("XDG_CACHE_HOME", "/x", "/x/huggingface/hub")]
    [InlineData("HF_HOME", "~/h", "HOME/h/hub")]
    public void Read_Cache_IsWhereTheHubsClientHasIt(string name, string value, string cache) =>
        Assert.Equal(cache.Replace("HOME", _home.Location, StringComparison.Ordinal), Read((name, value)).Cache);

    [Theory]
    [InlineData("https://hub.example", "https://hub.example/")]
    [InlineData("https://hub.example/api/mirror/", "https://hub.example/api/mirror")]
    public void Read_Endpoint_MayHaveAPath(string text, string endpoint) => Assert.Equal(endpoint, Read(("HF_ENDPOINT", text)).Endpoint.AbsoluteUri);

    [Theory]
    [InlineData("hub.example")]
    [InlineData("ftp://hub.example")]
    [InlineData("https://ann:secret@hub.example")]
    [InlineData("https://hub.example?key=secret")]
    public void Read_EndpointThatIsNone_IsRefusedWithoutItsSecrets(string text)
    {
        var error = Assert.Throws<DataException>(() => Read(("HF_ENDPOINT", text)));

        Assert.StartsWith("HF_ENDPOINT ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("YES", true)]
    [InlineData("on", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    [InlineData("", false)]
    public void Read_Offline_HasTheWordsOfTheHubsClient(string value, bool isOffline)
    {
        Assert.Equal(isOffline ? "HF_HUB_OFFLINE" : null, Read(("HF_HUB_OFFLINE", value)).OfflineBy);
        Assert.Equal(isOffline ? "TRANSFORMERS_OFFLINE" : null, Read(("TRANSFORMERS_OFFLINE", value)).OfflineBy);
    }

    [Fact]
    public void Read_OfflineThatIsNeither_IsRefused() =>
        Assert.Equal("HF_HUB_OFFLINE is 'MAYBE'; write 1 or 0.", Assert.Throws<DataException>(() => Read(("HF_HUB_OFFLINE", "maybe"))).Message);

    [Fact]
    public void Of_ARunOfAWorkerThatIsOffline_IsOfflineWhateverTheVariablesSay()
    {
        var request = new RunRequest
        {
            JobId = "j",
            Epoch = 1,
            Spec = new NoOpSpec { Name = "n" },
            Inputs = [],
            InputDigests = [],
            WorkFolder = "/work-folder",
            DataFolder = "/data-folder",
            Device = "cpu",
            Threads = 1,
            HubOffline = true,
        };

        var settings = HubEnvironment.Of(request);

        Assert.Equal(("PTUNE_Hub__Offline", "/data-folder/hub"), (settings.OfflineBy, settings.Folder));
    }

    [Fact]
    public void Read_Token_IsThatOfTheVariableElseOfTheFile()
    {
        Directory.CreateDirectory(_home.PathOf(".cache", "huggingface"));
        File.WriteAllText(_home.PathOf(".cache", "huggingface", "token"), "hf_file\n");
        File.WriteAllText(_home.PathOf("other"), "hf_other\n");

        Assert.Equal("hf_variable", Read(("HF_TOKEN", " hf_variable\n")).Token);
        Assert.Equal("hf_old", Read(("HUGGING_FACE_HUB_TOKEN", "hf_old")).Token);
        Assert.Equal("hf_file", Read().Token);
        Assert.Equal("hf_other", Read(("HF_TOKEN_PATH", "~/other")).Token);
        Assert.Null(Read(("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")).Token);
    }

    [Fact]
    public void Read_TokenThatIsNone_IsRefusedAndNeverShown()
    {
        var error = Assert.Throws<DataException>(() => Read(("HF_TOKEN", "hf_secret and more")));

        Assert.StartsWith("HF_TOKEN holds characters", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hf_secret", Read(("HF_TOKEN", "hf_secret")).ToString(), StringComparison.Ordinal);
    }

    private HubSettings Read(params (string Name, string Value)[] variables)
    {
        var all = variables.ToDictionary(v => v.Name, v => v.Value);
        all["HOME"] = _home.Location;
        return new HubEnvironment(all.GetValueOrDefault).Read("/downloads", isOffline: false);
    }
}
