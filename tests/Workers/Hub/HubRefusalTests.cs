using System.Text;
using System.Text.Json.Nodes;
using Ptune.Contracts.Jobs;
using Ptune.Executor;
using Ptune.Executor.Hub;
using Ptune.Learning;

namespace Ptune.Workers.Tests.Hub;

/// <summary>Answers of a hub that refuses, is away, or is none.</summary>
public sealed class HubRefusalTests
{
    private const string Secret = "hf_verysecret";

    [Theory]
    [InlineData("401 Unauthorized", "GatedRepo", false, "acme/tiny is gated: accept its licence at {0}/acme/tiny, and set HF_TOKEN to a token of that account where workers run.")]
    [InlineData("403 Forbidden", "GatedRepo", true, "set HF_TOKEN to a token of that account where workers run (the one that was sent has no access).")]
    [InlineData("401 Unauthorized", "RepoNotFound", false, "The repository does not exist, or it is private or gated")]
    [InlineData("401 Unauthorized", null, false, "set HF_TOKEN where workers run to a token of an account that may read {0}/acme/tiny.")]
    [InlineData("401 Unauthorized", null, true, "The token was sent, and may not read {0}/acme/tiny")]
    [InlineData("403 Forbidden", null, true, "Check HF_TOKEN, and accept the licence")]
    [InlineData("404 Not Found", "RepoNotFound", true, "There is no repository acme/tiny.")]
    [InlineData("404 Not Found", "RevisionNotFound", false, "acme/tiny has no revision 'main'.")]
    [InlineData("404 Not Found", null, false, "There is no repository acme/tiny.")]
    [InlineData("400 Bad Request", null, false, "Check HF_ENDPOINT")]
    public async Task Fetch_OfAHubThatRefuses_SaysWhatToDo(string status, string? code, bool hasToken, string words)
    {
        using var rig = new HubRig();
        rig.Settings = rig.Settings with { IsOfWorker = true };
        if (hasToken) rig.Settings = rig.Settings with { Token = Secret };
        rig.Server.Answer = _ => HubReply.Error(status, code is null ? [] : [("X-Error-Code", code)]);

        var error = await rig.FailsAsync<DataException>();

        Assert.Contains($"{rig.Server.Address} answered {status}.", error.Message, StringComparison.Ordinal);
        Assert.Contains(string.Format(null, words, rig.Server.Address), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
        Assert.Equal(FailureCause.Invalid, Outcomes.Of(error, null).Cause);
        Assert.Single(rig.Server.Requests);
    }

    /// <summary>`models check hf:...` asks from the user's own shell: there is no worker to be set up.</summary>
    [Theory]
    [InlineData("GatedRepo", "set HF_TOKEN to a token of that account.")]
    [InlineData(null, "Check the name; else set HF_TOKEN to a token of an account that may read {0}/acme/tiny.")]
    public async Task Fetch_ByACommand_NamesNoWorkers(string? code, string words)
    {
        using var rig = new HubRig();
        rig.Server.Answer = _ => HubReply.Error("401 Unauthorized", code is null ? [] : [("X-Error-Code", code)]);

        var error = await rig.FailsAsync<DataException>();

        Assert.Contains(string.Format(null, words, rig.Server.Address), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("worker", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfAGatedRepositoryWhoseListingIsPublic_SaysSoAtItsFirstFile()
    {
        using var rig = new HubRig();
        rig.Server.Answer = request => request.IsListing ? rig.Repository.Answer(request) : HubReply.Error("401 Unauthorized", ("X-Error-Code", "GatedRepo"));

        Assert.Contains("acme/tiny is gated", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
        Assert.Equal(2, rig.Server.Requests.Length);
    }

    [Fact]
    public async Task Fetch_OfAFileThatWentMissing_IsRefused()
    {
        using var rig = new HubRig();
        rig.On("config.json", _ => HubReply.Error("404 Not Found", ("X-Error-Code", "EntryNotFound")));

        Assert.Contains("acme/tiny/config.json: ", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("RateLimit", "\"api\";r=0;t=55", 55)]
    [InlineData("X-Other", "", 1)]
    public async Task Fetch_OfABusyHub_WaitsAsLongAsItAsks(string header, string value, int seconds)
    {
        using var rig = new HubRig();
        rig.On("config.json", _ => HubReply.Error("429 Too Many Requests", (header, value)), null);

        await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Equal([TimeSpan.FromSeconds(seconds)], rig.Pauses);
    }

    [Fact]
    public async Task Fetch_OfAHubThatNamesATime_WaitsUntilThen()
    {
        using var rig = new HubRig();
        rig.On("config.json", _ => HubReply.Error("503 Service Unavailable", ("Date", "Mon, 05 Jan 2026 10:00:00 GMT"), ("Retry-After", "Mon, 05 Jan 2026 10:00:20 GMT")), null);

        await rig.FetchAsync();

        Assert.Equal([TimeSpan.FromSeconds(20)], rig.Pauses);
    }

    [Fact]
    public async Task Fetch_OfAHubThatAsksToWaitForAnHour_LeavesItToAnotherAttempt()
    {
        using var rig = new HubRig();
        rig.Server.Answer = _ => HubReply.Error("429 Too Many Requests", ("Retry-After", "3600"));

        var error = await rig.FailsAsync<IOException>();

        Assert.EndsWith("The hub asks to wait for 3600 s: try again later.", error.Message, StringComparison.Ordinal);
        Assert.Equal(FailureCause.Infrastructure, Outcomes.Of(error, null).Cause);
        Assert.Empty(rig.Pauses);
    }

    [Fact]
    public async Task Fetch_OfAHubThatFails_AsksAgainEachTimeLater()
    {
        using var rig = new HubRig();
        rig.Settings = rig.Settings with { Tries = 8 };
        rig.Server.Answer = _ => HubReply.Error("502 Bad Gateway");

        var error = await rig.FailsAsync<IOException>();

        Assert.Contains($"The files of hf:acme/tiny: {rig.Server.Address} answered 502 Bad Gateway.", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], rig.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task Fetch_OfAHubThatIsAway_MaySucceedLater()
    {
        using var rig = new HubRig();
        rig.Server.Dispose();

        var error = await rig.FailsAsync<IOException>();

        Assert.StartsWith("The files of hf:acme/tiny cannot be fetched: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, rig.Pauses.Count);
    }

    [Fact]
    public async Task Fetch_OfAHubThatDoesNotAnswer_MaySucceedLater()
    {
        using var gone = new ManualResetEventSlim();
        using var rig = new HubRig();
        rig.Settings = rig.Settings with { Patience = TimeSpan.FromMilliseconds(300), Tries = 1 };
        rig.Server.Answer = request =>
        {
            gone.Wait();
            return rig.Repository.Answer(request);
        };

        var error = await rig.FailsAsync<IOException>();
        gone.Set();

        Assert.Contains("did not answer within", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_AnsweredWithAWebPage_IsRefused(bool isListing)
    {
        using var rig = new HubRig();
        var page = HubReply.Ok("<html>log in</html>"u8.ToArray()) with { Headers = new() { ["Content-Type"] = "text/html; charset=utf-8" } };
        rig.Server.Answer = request => request.IsListing == isListing ? page : rig.Repository.Answer(request);

        var error = await rig.FailsAsync<DataException>();

        Assert.Contains($"{rig.Server.Address} answered with a web page. Check HF_ENDPOINT", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{ \"sha\": 1, \"siblings\": [] }")]
    [InlineData("{ \"sha\": \"0123456789abcdef0123456789abcdef01234567\", \"siblings\": [1] }")]
    [InlineData("{ \"sha\": \"0123456789abcdef0123456789abcdef01234567\", \"siblings\": [{ \"rfilename\": \"config.json\", \"size\": 1.5 }] }")]
    public async Task Fetch_OfWhatIsNoHub_IsRefused(string listing)
    {
        using var rig = new HubRig();
        rig.Server.Answer = _ => HubReply.Ok(Encoding.UTF8.GetBytes(listing));

        Assert.Contains("something else than a repository's files", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside.json")]
    [InlineData("/etc/outside.json")]
    [InlineData("a/../../outside.json")]
    [InlineData("a\\..\\outside.json")]
    [InlineData("a//b.json")]
    [InlineData("./config.json")]
    [InlineData("a\0.json")]
    [InlineData("")]
    public async Task Fetch_OfAPathThatLeadsOut_FetchesNothing(string path)
    {
        using var rig = new HubRig();
        rig.Server.Answer = request =>
        {
            if (!request.IsListing) return rig.Repository.Answer(request);
            var listing = rig.Repository.Listing();
            listing["siblings"]!.AsArray().Add(new JsonObject { ["rfilename"] = path });
            return HubReply.Ok(Encoding.UTF8.GetBytes(listing.ToJsonString()));
        };

        Assert.Contains("would lie outside of its folder", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
        Assert.Single(rig.Server.Requests);
    }

    [Fact]
    public async Task Fetch_AnsweredFromAnotherCommit_IsRefused()
    {
        using var rig = new HubRig();
        rig.On("config.json", reply => reply with { Headers = new(reply.Headers) { ["X-Repo-Commit"] = new string('f', 40) } });

        Assert.Contains($"answered with commit {new string('f', 40)} instead of {HubRepository.Commit}", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfAMirrorThatTellsNoDigest_IsRefused()
    {
        using var rig = new HubRig(new HubRepository { ListsDigests = false });
        rig.Repository.Files["config.json"] = "{}"u8.ToArray();
        rig.Repository.Files["model.safetensors"] = [1];
        rig.On("config.json", reply => reply with { Headers = new() { ["ETag"] = "W/\"abc\"" } });

        Assert.Contains("tells no size or no digest", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfLargeFilesElsewhere_TakesNoDigestFromThere()
    {
        byte[] weights = [1, 2, 3, 4];
        using var store = new HubServer(_ => HubReply.Ok(weights) with { Headers = new() { ["ETag"] = $"\"{HubRepository.Sha256(weights)}\"" } });
        using var rig = new HubRig(new HubRepository { ListsDigests = false });
        rig.Repository.Files["config.json"] = "{}"u8.ToArray();
        rig.Repository.Files["model.safetensors"] = weights;
        rig.On("model.safetensors", _ => HubReply.Error("302 Found", ("Location", $"{store.Address}/x"), ("ETag", $"\"{new string('a', 64)}\"")));

        Assert.Contains("tells no size or no digest", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
        Assert.Single(store.Requests);
    }

    [Fact]
    public async Task Fetch_OfLargeFilesElsewhere_SendsTheTokenToTheHubOnly()
    {
        HubRepository? repository = null;
        using var store = new HubServer(request => repository!.AnswerStore(request));
        repository = new HubRepository { LargeAt = store.Address };
        repository.Files["config.json"] = "{}"u8.ToArray();
        repository.Files["model.safetensors"] = [1, 2, 3, 4];
        using var rig = new HubRig(repository);
        rig.Settings = rig.Settings with { Token = Secret };

        await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Equal(3, rig.Server.Requests.Length);
        Assert.All(rig.Server.Requests, request => Assert.Equal($"Bearer {Secret}", request.Authorization));
        Assert.Null(Assert.Single(store.Requests).Authorization);
    }

    [Fact]
    public async Task Fetch_OfLargeFilesElsewhereThatFail_NamesTheServerWithoutItsSignature()
    {
        using var store = new HubServer(_ => HubReply.Error("403 Forbidden"));
        var repository = new HubRepository { LargeAt = store.Address };
        repository.Files["config.json"] = "{}"u8.ToArray();
        repository.Files["model.safetensors"] = [1, 2, 3, 4];
        using var rig = new HubRig(repository);

        var error = await rig.FailsAsync<DataException>();

        Assert.Contains($"{store.Address} answered 403 Forbidden.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("signature", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfARepositoryThatMoved_FollowsAtTheHub()
    {
        using var rig = new HubRig { Reference = HubReference.Of("acme/old", null) };
        rig.Settings = rig.Settings with { Token = Secret };
        rig.Server.Answer = request => request.Target.Contains("/old/", StringComparison.Ordinal)
            ? HubReply.Redirect(request.Target.Replace("/old/", "/tiny/", StringComparison.Ordinal))
            : rig.Repository.Answer(request);

        await rig.FetchAsync();

        rig.AssertWhole();
        Assert.All(rig.Server.Requests, request => Assert.Equal($"Bearer {Secret}", request.Authorization));
    }

    [Fact]
    public async Task Fetch_RedirectedInACircle_IsRefused()
    {
        using var rig = new HubRig();
        rig.Server.Answer = request => HubReply.Redirect(request.Target);

        Assert.Contains("redirected more than 10 times", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
        Assert.Equal(11, rig.Server.Requests.Length);
    }

    [Theory]
    [InlineData("ftp://store.example/x")]
    [InlineData("file:///etc/passwd")]
    public async Task Fetch_RedirectedToAnotherProtocol_IsRefused(string location)
    {
        using var rig = new HubRig();
        rig.Server.Answer = _ => HubReply.Redirect(location);

        Assert.Contains($"redirects from http to {location.Split(':')[0]}, which is not followed", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }
}
