using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Ptune.Contracts.Http;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

public sealed class ProblemTests(RunningServer running)
{
    [Theory]
    [InlineData("/v1/job", "/v1/jobs")]
    [InlineData("/v1/modles", "/v1/models")]
    [InlineData("/helth/live", "/health/live")]
    public async Task Get_UnknownPath_NamesTheNearest(string path, string nearest)
    {
        using var client = running.NewTenant();
        var problem = await Problem.ReadAsync(await client.GetAsync(path), HttpStatusCode.NotFound);
        Assert.Equal(nearest, (string?)problem["nearest"]);
    }

    [Fact]
    public async Task Delete_Jobs_SaysWhatIsAllowed()
    {
        using var client = running.NewTenant();
        var problem = await Problem.ReadAsync(await client.Http.DeleteAsync(Routes.Jobs), HttpStatusCode.MethodNotAllowed);
        Assert.Contains("GET", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/jobs?staus=queued", "status")]
    [InlineData("/v1/jobs?status=quued", "queued")]
    [InlineData("/v1/jobs?kind=Pretrainin", "Pretraining")]
    [InlineData("/v1/jobs?limit=0", "between 1 and")]
    [InlineData("/v1/jobs?limit=many", "limit")]
    [InlineData("/v1/studies?limit=99999999", "between 1 and")]
    public async Task Get_WrongQuery_SaysWhatIsRight(string path, string expected)
    {
        using var client = running.NewTenant();
        var problem = await Problem.ReadAsync(await client.GetAsync(path), HttpStatusCode.BadRequest);
        Assert.Contains(expected, (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"role":"king"}""", "The body's role has a value")]
    [InlineData("""{"role":"viewer","expires":{"days":1}}""", "The body's expires has a value")]
    [InlineData("""["role"]""", "is not the JSON object")]
    [InlineData("role=viewer", "is not the JSON object")]
    [InlineData("""{"role":""", "The body")]
    public async Task Post_WrongJson_SaysWhereAndNamesNoType(string body, string expected)
    {
        using var client = running.NewTenant();
        var problem = await Problem.ReadAsync(await client.PostAsync(Routes.Keys, body, "application/json"), HttpStatusCode.BadRequest);
        var detail = (string?)problem["detail"];
        Assert.Contains(expected, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Request", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WrongTenant_IsRefused()
    {
        using var http = running.Server.Client();
        http.DefaultRequestHeaders.Add(Routes.TenantHeader, "No Tenant");
        await Problem.ReadAsync(await http.GetAsync(Routes.Jobs), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task Post_OtherMediaType_IsRefused(string type)
    {
        using var client = running.NewTenant();
        var problem = await Problem.ReadAsync(await client.PostAsync(Routes.Jobs, Specs.NoOp("x"), type), HttpStatusCode.UnsupportedMediaType);
        Assert.Contains(Routes.Yaml, (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_LargeBody_IsRefused(bool chunked)
    {
        using var client = running.NewTenant();
        using var body = new StringContent(new string('#', (1024 * 1024) + 1), Encoding.UTF8, Routes.Yaml);
        using var request = new HttpRequestMessage(HttpMethod.Post, Routes.Jobs) { Content = body };
        request.Headers.TransferEncodingChunked = chunked;
        await Problem.ReadAsync(await client.Http.SendAsync(request), HttpStatusCode.RequestEntityTooLarge);
    }

    /// <summary>What a client says of its body's length is no number to make room for.</summary>
    [Theory]
    [InlineData("5000000000")]
    [InlineData("9223372036854775807")]
    public async Task Post_SaysThatItsBodyIsHuge_IsRefused(string length)
    {
        using var client = running.NewTenant();
        using var connection = new TcpClient();
        await connection.ConnectAsync(client.Http.BaseAddress!.Host, client.Http.BaseAddress.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /{Routes.Jobs.TrimStart('/')} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {Routes.Yaml}\r\nContent-Length: {length}\r\n\r\n"));
        using var answer = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 413 ", await answer.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_LongBody_IsReadToItsEnd(bool chunked)
    {
        using var client = running.NewTenant();
        using var body = new StringContent($"# {new string('#', 100_000)}\n{Specs.NoOp("last")}", Encoding.UTF8, Routes.Yaml);
        using var request = new HttpRequestMessage(HttpMethod.Post, Routes.Jobs) { Content = body };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await client.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("last", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["name"]);
    }

    [Fact]
    public async Task Post_EmptyBody_IsRefused()
    {
        using var client = running.NewTenant();
        await Problem.ReadAsync(await client.PostAsync(Routes.Jobs), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Post_NoUtf8_IsRefusedWithItsPlace()
    {
        using var client = running.NewTenant();
        using var body = new ByteArrayContent([0x6b, 0xff, 0xfe]);
        body.Headers.ContentType = new(Routes.Yaml);
        var problem = await Problem.ReadAsync(await client.Http.PostAsync(Routes.Jobs, body), HttpStatusCode.BadRequest);
        Assert.Contains("line 1, column 2", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/yaml; charset=utf-8")]
    [InlineData("application/yaml; charset=\"UTF-8\"")]
    [InlineData("application/yaml; charset=\"utf-8\"", "identity")]
    public async Task Post_Utf8WithAByteOrderMark_IsTaken(string type, string? coding = null)
    {
        using var client = running.NewTenant();
        using var body = Body([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Specs.NoOp("marked"))], type, coding);
        using var answer = await client.Http.PostAsync(Routes.Plan, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("application/yaml; charset=latin1", null, "latin1")]
    [InlineData("application/yaml", "gzip", "uncompressed")]
    public async Task Post_OtherCharsetOrCoding_IsRefusedAsWhatItIs(string type, string? coding, string words)
    {
        using var client = running.NewTenant();
        using var body = Body([0x1f, 0x8b, 0x08], type, coding);
        var problem = await Problem.ReadAsync(await client.Http.PostAsync(Routes.Plan, body), HttpStatusCode.UnsupportedMediaType);
        Assert.Contains(words, (string?)problem["detail"], StringComparison.Ordinal);
    }

    private static ByteArrayContent Body(byte[] bytes, string type, string? coding)
    {
        var body = new ByteArrayContent(bytes);
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        if (coding is not null) body.Headers.ContentEncoding.Add(coding);
        return body;
    }

    [Fact]
    public async Task Post_WrongSpec_ListsEachMistakeWithItsLine()
    {
        using var client = running.NewTenant();
        var problems = await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Jobs, """
            apiVersion: ptune/v1
            kind: NoOp
            name: x
            sed: 1
            scheduling: { priority: 5000 }
            """));
        Assert.Equal([4, 5], problems.Select(p => p.Line));
        Assert.Contains("seed", problems[0].Fix + problems[0].Message, StringComparison.Ordinal);
        Assert.All(problems, p => Assert.False(string.IsNullOrEmpty(p.Fix)));
        Assert.Empty(await client.GetAsync<object[]>(Routes.Jobs));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Post_FromAnotherSitesPage_IsRefused(string header, string value)
    {
        using var client = running.NewTenant();
        client.Http.DefaultRequestHeaders.Add(header, value);
        await Problem.ReadAsync(await client.PostAsync(Routes.Jobs, Specs.NoOp("x")), HttpStatusCode.Forbidden);
    }
}
