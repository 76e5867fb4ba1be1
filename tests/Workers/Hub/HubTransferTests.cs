using Ptune.Contracts.Jobs;
using Ptune.Executor;
using Ptune.Executor.Hub;
using Ptune.Fixtures;
using Ptune.Learning;

namespace Ptune.Workers.Tests.Hub;

/// <summary>Transfers that go wrong on the way.</summary>
public sealed class HubTransferTests
{
    private const string Weights = "model.safetensors";

    [Fact]
    public async Task Fetch_ThatBreaksOff_GoesOnWhereItWas()
    {
        using var rig = new HubRig();
        rig.On(Weights, reply => reply with { BreakAfter = 100_000 }, reply => reply with { BreakAfter = 7 }, null);

        await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Equal([null, "bytes=100000-", "bytes=100007-"], rig.Server.Requests.Where(r => r.IsFor(Weights)).Select(r => r.Range));
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], rig.Pauses);
    }

    [Fact]
    public async Task Fetch_ThatBreaksOffTooOften_MaySucceedLaterAndGoesOnThen()
    {
        using var rig = new HubRig();
        rig.On(Weights, reply => reply with { BreakAfter = 1000 });

        var error = await rig.FailsAsync<IOException>();
        var sent = rig.Server.Sent;
        rig.Server.Answer = rig.Repository.Answer;
        await rig.FetchAsync();

        Assert.Contains($"{Weights}: the transfer broke off after 3,000 bytes", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Given up after 3 tries without progress.", error.Message, StringComparison.Ordinal);
        Assert.Equal(FailureCause.Infrastructure, Outcomes.Of(error, null).Cause);
        rig.AssertWhole();
        // Nothing that had come was sent again but the listing.
        Assert.Equal("bytes=3000-", rig.Server.Requests[^1].Range);
        Assert.Equal(rig.Repository.Listing().ToJsonString().Length + rig.Repository.Files[Weights].Length - 3000, rig.Server.Sent - sent);
    }

    [Fact]
    public async Task Fetch_ThatBreaksOffButGetsFurther_IsNotGivenUp()
    {
        using var rig = new HubRig();
        rig.Repository.Files[Weights] = new byte[6 << 20];
        rig.On(Weights, reply => reply with { BreakAfter = Math.Min(reply.Body.Length, (1 << 20) + 1) });

        await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Equal(6, rig.Server.Requests.Count(r => r.IsFor(Weights)));
        Assert.All(rig.Pauses, pause => Assert.Equal(TimeSpan.FromSeconds(1), pause));
    }

    [Fact]
    public async Task Fetch_ThatStalls_IsAsATransferThatBrokeOff()
    {
        using var rig = new HubRig();
        rig.Settings = rig.Settings with { Patience = TimeSpan.FromMilliseconds(500), Tries = 2 };
        rig.On(Weights, reply => reply with { BreakAfter = 10, Stalls = true });

        Assert.Contains($"{Weights}: nothing came for", (await rig.FailsAsync<IOException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_ThatEndsEarly_GoesOn()
    {
        using var rig = new HubRig();
        // Without Content-Length an early end looks like the end.
        rig.On(Weights, reply => reply with { Length = -1, BreakAfter = 500 }, null);

        await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Equal("bytes=500-", rig.Server.Requests[^1].Range);
    }

    [Fact]
    public async Task Fetch_FromAServerThatKnowsNoRanges_BeginsAnew()
    {
        using var rig = new HubRig();
        rig.On(Weights, reply => reply with { BreakAfter = 1000 }, _ => HubReply.Ok(rig.Repository.Files[Weights]));

        await rig.FetchAsync();

        rig.AssertWhole();
    }

    [Fact]
    public async Task Fetch_AnsweredWithAnotherPart_IsRefused()
    {
        using var rig = new HubRig();
        rig.On(Weights, reply => reply with { BreakAfter = 1000 }, reply => reply with { Headers = new(reply.Headers) { ["Content-Range"] = $"bytes 0-{reply.Body.Length - 1}/{reply.Body.Length + 1000}" } });

        Assert.Contains("another part of the file", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Fetch_ThatLiesAboutItsLength_IsRefused(int lie)
    {
        using var rig = new HubRig();
        var size = rig.Repository.Files[Weights].Length;
        rig.On(Weights, reply => reply with { Length = size + lie, BreakAfter = size - 1 });

        var error = await rig.FailsAsync<DataException>();

        Assert.Contains($"the hub tells {size:N0} bytes, but {rig.Server.Address} answers with {size + lie:N0}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfMoreBytesThanTold_IsRefused()
    {
        using var rig = new HubRig();
        rig.On(Weights, reply => reply with { Length = -1, Body = [.. reply.Body, 1] });

        Assert.Contains("more than the", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Weights)]
    [InlineData("config.json")]
    public async Task Fetch_OfOtherBytesThanTold_IsRefusedAndNothingOfThemIsKept(string path)
    {
        using var rig = new HubRig();
        rig.On(path, reply => reply with { Body = [.. reply.Body[..^1], (byte)(reply.Body[^1] ^ 1)] });

        var error = await rig.FailsAsync<DataException>();

        Assert.Contains($"{path}: what came has the digest ", error.Message, StringComparison.Ordinal);
        Assert.Contains(HubRepository.Digest(path, rig.Repository.Files[path]), error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(rig.Partial, path + "*"));
    }

    [Fact]
    public async Task Fetch_WithDamagedRemainders_FetchesTheseAnew()
    {
        using var rig = new HubRig();
        Directory.CreateDirectory(rig.Partial);
        await File.WriteAllBytesAsync(Path.Combine(rig.Partial, Weights + ".part"), new byte[5000]);
        await File.WriteAllTextAsync(Path.Combine(rig.Partial, "config.json"), "{ \"damaged\": true }");
        await File.WriteAllTextAsync(Path.Combine(rig.Partial, "tokenizer.json"), "from another version");

        await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Equal(["bytes=5000-", null], rig.Server.Requests.Where(r => r.IsFor(Weights)).Select(r => r.Range));
    }

    [Fact]
    public async Task Fetch_WithMoreThanTheFileHas_FetchesItAnew()
    {
        using var rig = new HubRig();
        Directory.CreateDirectory(rig.Partial);
        await File.WriteAllBytesAsync(Path.Combine(rig.Partial, Weights + ".part"), new byte[rig.Repository.Files[Weights].Length + 1]);

        await rig.FetchAsync();

        rig.AssertWhole();
    }

    [Fact]
    public async Task Fetch_OfAMirrorThatHasFewerBytesThanCame_FetchesItAnew()
    {
        using var rig = new HubRig(new HubRepository { ListsDigests = false });
        rig.Repository.Files["config.json"] = "{}"u8.ToArray();
        rig.Repository.Files[Weights] = [1, 2, 3];
        Directory.CreateDirectory(rig.Partial);
        await File.WriteAllBytesAsync(Path.Combine(rig.Partial, Weights + ".part"), new byte[10]);

        await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Equal(["bytes=10-", null], rig.Server.Requests.Where(r => r.IsFor(Weights)).Select(r => r.Range));
    }

    [Fact]
    public async Task Fetch_OntoAFullDisk_MaySucceedLater()
    {
        using var rig = new HubRig();
        Directory.CreateDirectory(rig.Partial);
        File.CreateSymbolicLink(Path.Combine(rig.Partial, Weights + ".part"), "/dev/full");

        var error = await rig.FailsAsync<IOException>();

        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Empty(rig.Pauses);
    }

    [Fact]
    public async Task Fetch_OfMoreThanTheDiskHas_SaysSoBeforeItBegins()
    {
        using var rig = new HubRig();
        rig.Server.Answer = request =>
        {
            if (!request.IsListing) return rig.Repository.Answer(request);
            var listing = rig.Repository.Listing();
            listing["siblings"]!.AsArray().Single(file => (string)file!["rfilename"]! == Weights)!["lfs"]!["size"] = 1L << 60;
            return HubReply.Ok(System.Text.Encoding.UTF8.GetBytes(listing.ToJsonString()));
        };

        Assert.Contains($"needs {1L << 60:N0} more bytes", (await rig.FailsAsync<IOException>()).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Server.Requests, r => r.IsFor(Weights));
    }

    [Fact]
    public async Task Fetch_ThatIsCancelled_EndsAtOnceAndGoesOnLater()
    {
        using var rig = new HubRig();
        using var cancel = new CancellationTokenSource();
        rig.On(Weights, reply => reply with { BreakAfter = 5000, Stalls = true }, null);

        var fetch = rig.FetchAsync(cancel.Token);
        // Whole files come before it; the last bytes of this one may still be in a buffer.
        string part = "";
        await Eventually.IsTrueAsync("some of it is kept", () => (part = Directory.GetFiles(rig.Partial, $"{Weights}*", SearchOption.AllDirectories).Single()).Length > 0 && new FileInfo(part).Length > 0);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
        long kept = new FileInfo(part).Length;
        Assert.InRange(kept, 1, 5000);
        Assert.False(Directory.Exists(rig.Folder));
        await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Equal($"bytes={kept}-", rig.Server.Requests[^1].Range);
    }

    [Fact]
    public async Task Fetch_BesideAnotherOfTheSame_BothAreWhole()
    {
        using var rig = new HubRig();
        using var other = new HubRig(rig.Repository);
        using var begun = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        rig.On(Weights, reply =>
        {
            begun.Release();
            goOn.Wait();
            return reply;
        });
        other.Settings = other.Settings with { Folder = rig.Settings.Folder };

        var first = rig.FetchAsync();
        await begun.WaitAsync();
        await other.FetchAsync();
        goOn.Set();
        await first;

        rig.AssertWhole();
        other.AssertWhole();
        Assert.Empty(Directory.GetDirectories(rig.Settings.Folder));
    }

    [Fact]
    public async Task Fetch_RemovesWhatWasLeftLongAgo()
    {
        using var rig = new HubRig();
        var (old, recent) = (Path.Combine(rig.Settings.Folder, "acme--old--c"), Path.Combine(rig.Settings.Folder, "acme--recent--c"));
        Directory.CreateDirectory(old);
        await File.WriteAllTextAsync(Path.Combine(old, "model.safetensors.part"), "x");
        Directory.CreateDirectory(recent);
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-8));

        await rig.FetchAsync();

        Assert.False(Directory.Exists(old));
        Assert.True(Directory.Exists(recent));
    }
}
