using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

public sealed class UploadTests(RunningServer running)
{
    private readonly byte[] _content = Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Repeat(Guid.NewGuid().ToString("n"), 100)));

    private string Sha256 => Convert.ToHexStringLower(SHA256.HashData(_content));

    private string Path => $"/v1/uploads/{Sha256}";

    [Fact]
    public async Task Put_WholeFile_IsContentOfTheStore()
    {
        using var client = running.NewTenant();
        Assert.Equal(new UploadView(Sha256, 0, null, false), await client.GetAsync<UploadView>(Path));
        Assert.Equal(new UploadView(Sha256, _content.Length, _content.Length, true), await AppendAsync(client, new ByteArrayContent(_content)));
        Assert.Equal(_content, await File.ReadAllBytesAsync(System.IO.Path.Combine(running.Store, "blobs", BlobNames.Content(Digest.Prefix + Sha256))));
    }

    [Fact]
    public async Task Put_Parts_AreJoinedAndHeadSaysHowManyBytesAreThere()
    {
        using var client = running.NewTenant();
        Assert.Equal(1000, (await AppendAsync(client, Part(0, 1000))).Bytes);
        using var head = await client.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path));
        Assert.Equal(("1000", "false"), (Assert.Single(head.Headers.GetValues(Routes.UploadBytes)), Assert.Single(head.Headers.GetValues(Routes.UploadComplete))));
        Assert.True((await AppendAsync(client, Part(1000, _content.Length))).IsComplete);
        // Asks for it to be kept.
        using var nothing = new ByteArrayContent([]);
        nothing.Headers.ContentRange = new ContentRangeHeaderValue(_content.Length);
        Assert.True((await AppendAsync(client, nothing)).IsComplete);
    }

    [Fact]
    public async Task Put_LargerThanASpecMayBe_IsTaken()
    {
        using var client = running.NewTenant();
        // More than the server drops of a body that it refuses.
        var content = new byte[80 << 20];
        Random.Shared.NextBytes(content);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        using var answer = await client.Http.PutAsync($"/v1/uploads/{sha256}", new ByteArrayContent(content));
        Assert.True((await answer.Content.ReadFromJsonAsync<UploadView>(SpecJson.Options))!.IsComplete);
    }

    [Fact]
    public async Task Put_AtTheWrongPlace_IsRefusedWithWhatIsThere()
    {
        using var client = running.NewTenant();
        await AppendAsync(client, Part(0, 1000));
        using var answer = await client.Http.PutAsync(Path, Part(2000, 3000));
        Assert.Equal("1000", Assert.Single(answer.Headers.GetValues(Routes.UploadBytes)));
        Assert.Contains("1,000", (string?)(await Problem.ReadAsync(answer, HttpStatusCode.Conflict))["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_AnotherFile_IsRefusedAndNothingIsLeft()
    {
        using var client = running.NewTenant();
        using var answer = await client.Http.PutAsync(Path, new ByteArrayContent([1, 2, 3]));
        Assert.Contains(Sha256, (string?)(await Problem.ReadAsync(answer, HttpStatusCode.UnprocessableEntity))["detail"], StringComparison.Ordinal);
        Assert.Equal(0, (await client.GetAsync<UploadView>(Path)).Bytes);
    }

    [Theory]
    [InlineData("bytes 0-9/*")]
    [InlineData("lines 0-9/100")]
    [InlineData("bytes 0-5/100")]
    [InlineData("bytes */100")]
    [InlineData("first")]
    public async Task Put_RangeThatIsNotThatOfTheBody_IsRefused(string range)
    {
        using var client = running.NewTenant();
        using var body = new ByteArrayContent(new byte[10]);
        body.Headers.TryAddWithoutValidation("Content-Range", range);
        Assert.Contains("bytes", (string?)(await Problem.ReadAsync(await client.Http.PutAsync(Path, body), HttpStatusCode.BadRequest))["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_NoDigest_IsRefused()
    {
        using var client = running.NewTenant();
        await Problem.ReadAsync(await client.Http.PutAsync("/v1/uploads/abc", new ByteArrayContent([1])), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Delete_UnfinishedUpload_IsGone()
    {
        using var client = running.NewTenant();
        await AppendAsync(client, Part(0, 1000));
        using var answer = await client.Http.DeleteAsync(Path);
        Assert.Equal(0, (await answer.Content.ReadFromJsonAsync<UploadView>(SpecJson.Options))!.Bytes);
    }

    [Fact]
    public async Task Submit_UploadThatIsNotThere_IsRefusedWithItsPlace()
    {
        using var client = running.NewTenant();
        var spec = $$"""
            apiVersion: ptune/v1
            kind: Import
            name: imported
            from: { kind: uploaded, files: [ { path: config.json, sha256: {{Sha256}} } ] }
            scheduling: { pool: idle }
            """;
        var problem = Assert.Single(await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Jobs, spec)));
        Assert.Equal("from.files", problem.Path);
        Assert.Contains(Sha256, problem.Message, StringComparison.Ordinal);
        await AppendAsync(client, new ByteArrayContent(_content));
        using var accepted = await client.PostAsync(Routes.Jobs, spec);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
    }

    private ByteArrayContent Part(int from, int to)
    {
        var body = new ByteArrayContent(_content[from..to]);
        body.Headers.ContentRange = new ContentRangeHeaderValue(from, to - 1, _content.Length);
        return body;
    }

    private async Task<UploadView> AppendAsync(TenantClient client, HttpContent body)
    {
        using var answer = await client.Http.PutAsync(Path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<UploadView>(SpecJson.Options))!;
    }
}
