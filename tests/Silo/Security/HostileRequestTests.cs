using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Security;

/// <summary>Requests that no client of ours sends: each is answered with what is wrong with it, never with 500.</summary>
public sealed class HostileRequestTests(TenantServer server) : IClassFixture<TenantServer>
{
    private const int MostBytes = 1024 * 1024;

    private static readonly string[] _garbage =
    [
        "-1", "0", "99999999999999999999", "1e309", "NaN", "%00", "a%00b", "%ff%fe", "%c0%af", "..%2f..%2fetc%2fpasswd", "'%3B%20DROP%20TABLE%20jobs%3B--", "%E2%80%AE%0D%0AX-Injected:1", "%ED%A0%80", "sha256:", "job:",
        "a@b@c", "red.", ".", "2026-13-45T99:99", "-5d", "99999999999999d", "%7B%7B7*7%7D%7D", "%F0%9F%92%A5",
    ];

    public static TheoryData<RouteRow> WithBodies => [.. RouteTable.Rows.Where(row => row.Body is not null && row.Pattern != Routes.Upload)];

    [Theory]
    [MemberData(nameof(WithBodies))]
    public async Task Body_BeyondTheLimit_IsRefusedWithAndWithoutItsLength(RouteRow row)
    {
        foreach (var chunked in new[] { false, true })
        {
            using var content = new StringContent(new string(' ', MostBytes) + row.Body, Encoding.UTF8, row.Type);
            await Problem.ReadAsync(await SendAsync(row, content, chunked), HttpStatusCode.RequestEntityTooLarge);
        }
    }

    [Theory]
    [MemberData(nameof(WithBodies))]
    public async Task Body_NestedDeeply_IsRefused(RouteRow row)
    {
        foreach (var text in new[] { new string('[', 100_000), $"{{\"name\":{string.Concat(Enumerable.Repeat("{\"a\":", 50_000))}", "{\"name\":\"\\u0000\"}", "{\"name\":\"\\ud800\"}", "\"", "null", "{\"unknown\":1}" })
        {
            using var content = new StringContent(text, Encoding.UTF8, row.Type);
            using var answer = await SendAsync(row, content, chunked: false);
            Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{row} {text[..Math.Min(40, text.Length)]}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Form_BeyondTheLimits_IsRefused()
    {
        var bodies = new[] { $"theme={new string('a', 5 * MostBytes)}", string.Join('&', Enumerable.Range(0, 5000).Select(i => $"k{i}=v")), $"{new string('k', 100_000)}=v", "theme=%00", "theme=%ff", "=&=&==" };
        foreach (var chunked in new[] { false, true })
        {
            foreach (var body in bodies)
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
                using var request = new HttpRequestMessage(HttpMethod.Post, "/theme") { Content = content };
                request.Headers.TransferEncodingChunked = chunked;
                using var answer = await server.As("red", Role.Admin).SendAsync(request);
                Assert.True((int)answer.StatusCode < 500, $"{body[..Math.Min(20, body.Length)]}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                if (body.Length > 4 * MostBytes) Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            }
        }
    }

    [Fact]
    public async Task Upload_BeyondItsOwnLimit_IsRefusedBeforeItsBytesAreRead()
    {
        using var connection = await ConnectAsync();
        var key = server.As("red", Role.Submitter).DefaultRequestHeaders.Authorization!.Parameter;
        var status = await AnswerAsync(connection, $"PUT /v1/uploads/{new string('a', 64)} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nContent-Type: application/octet-stream\r\nContent-Length: 9000000000000000000\r\n\r\n");
        Assert.Equal("HTTP/1.1 413", status);
    }

    /// <summary>Every parameter of every listing, as the API's own document names them.</summary>
    [Fact]
    public async Task Parameters_Garbage_AreRefused()
    {
        var client = server.As("red", Role.Admin);
        var paths = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject();
        var asked = 0;
        foreach (var (path, methods) in paths)
        {
            if (methods!["get"] is not { } get) continue;
            var parameters = (get["parameters"]?.AsArray() ?? []).Select(p => (Name: (string)p!["name"]!, In: (string)p["in"]!)).ToArray();
            foreach (var value in _garbage)
            {
                var place = parameters.Where(p => p.In == "path").Aggregate(path, (text, p) => text.Replace($"{{{p.Name}}}", value, StringComparison.Ordinal));
                foreach (var query in parameters.Where(p => p.In == "query").Select(p => $"?{p.Name}={value}").Append(""))
                {
                    using var answer = await client.GetAsync(new Uri(server.Url, place + query), HttpCompletionOption.ResponseHeadersRead);
                    Assert.True((int)answer.StatusCode < 500, $"{place}{query}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                    Assert.False(answer.Headers.Contains("X-Injected"));
                    asked++;
                }
            }
        }
        Assert.True(asked > 500, $"{asked}");
    }

    [Fact]
    public async Task Requests_LongOrMany_AreRefused()
    {
        var line = "Host: localhost\r\nConnection: close\r\n";
        var many = string.Join('&', Enumerable.Range(0, 1500).Select(i => $"k{i}"));
        foreach (var (request, expected) in new (string, string[])[]
        {
            ($"GET /{new string('a', 100_000)} HTTP/1.1\r\n{line}\r\n", ["414"]),
            ($"GET /v1/jobs?name={new string('a', 100_000)} HTTP/1.1\r\n{line}\r\n", ["414"]),
            ($"GET /v1/jobs?{many} HTTP/1.1\r\n{line}\r\n", ["400", "401", "414"]),
            ($"GET /v1/jobs HTTP/1.1\r\n{line}X-Long: {new string('a', 100_000)}\r\n\r\n", ["431"]),
            ($"GET /v1/jobs HTTP/1.1\r\n{line}{string.Concat(Enumerable.Range(0, 1000).Select(i => $"X-{i}: 1\r\n"))}\r\n", ["431"]),
            ($"GET /v1/jobs HTTP/1.1\r\n{line}Cookie: {string.Concat(Enumerable.Range(0, 2000).Select(i => $"c{i}=1;"))}\r\n\r\n", ["401", "431"]),
            ("GET /v1/jobs HTTP/9.9\r\n\r\n", ["505", "400"]),
            ($"GET /v1/\0 HTTP/1.1\r\n{line}\r\n", ["400"]),
            ($"POST /v1/jobs HTTP/1.1\r\n{line}Content-Length: -1\r\n\r\n", ["400"]),
            ($"POST /v1/jobs HTTP/1.1\r\n{line}Transfer-Encoding: chunked\r\n\r\nzz\r\n", ["400", "401"]),
        })
        {
            using var connection = await ConnectAsync();
            var status = await AnswerAsync(connection, request);
            Assert.True(expected.Any(code => status == $"HTTP/1.1 {code}"), $"{request[..Math.Min(40, request.Length)]}: '{status}'");
        }
        using var answer = await server.As("red", Role.Viewer).GetAsync($"/v1/jobs?{many}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task AuthorizationAndCookies_Fuzzed_LetNobodyIn()
    {
        var key = (await server.KeyAsync(Role.Admin, "*")).Key;
        using var client = server.Client();
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var text = random.Next(4) switch
            {
                0 => Noise(random, 200),
                1 => $"{key[..random.Next(key.Length)]}{Noise(random, 5)}x",
                2 => $"{Noise(random, 30)}.{Noise(random, 60)}.{Noise(random, 30)}",
                _ => Convert.ToBase64String(Encoding.UTF8.GetBytes($"u:{Noise(random, 40)}")),
            };
            using var request = new HttpRequestMessage(HttpMethod.Get, Routes.Jobs);
            if (random.Next(2) == 0) request.Headers.TryAddWithoutValidation("Authorization", $"{new[] { "Bearer", "Basic", "Digest", "", "bearer  " }[random.Next(5)]} {text}");
            else request.Headers.TryAddWithoutValidation("Cookie", $"ptune-login={text}; ptune-tenant={Noise(random, 20)}; {Noise(random, 20)}");
            using var answer = await client.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"seed {seed}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static string Noise(Random random, int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => (char)random.Next(0x20, 0x7f)));

    private async Task<HttpResponseMessage> SendAsync(RouteRow row, HttpContent content, bool chunked)
    {
        using var request = new HttpRequestMessage(row.Method, row.Path?.Invoke(server) ?? row.Pattern) { Content = content };
        request.Headers.TransferEncodingChunked = chunked;
        return await server.As("red", Role.Admin).SendAsync(request);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(server.Url.Host, server.Url.Port);
        return connection;
    }

    /// <summary>The version and status of the answer. The server may answer before everything was sent.</summary>
    private static async Task<string> AnswerAsync(TcpClient connection, string request)
    {
        var stream = connection.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        }
        catch (IOException)
        {
            // It has answered, and reads no further.
        }
        var buffer = new byte[12];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
