using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Servers;

/// <summary>The HTTP API (<see cref="Routes"/>) from the client's side. What goes wrong is a <see cref="CliException"/> with the right exit code.</summary>
internal sealed class ServerClient : IDisposable
{
    /// <summary>In bytes. Ten thousand rows or a study of two thousand jobs have a few millions; a program that is not a server may never stop.</summary>
    private const int LongestAnswer = 256 * 1024 * 1024;

    private readonly HttpClient _http;

    private readonly Func<CancellationToken, Task<string?>> _token;

    public ServerClient(Uri address, string? token, string? tenant) : this(address, _ => Task.FromResult(token), tenant)
    {
    }

    /// <param name="address">The server's.</param>
    /// <param name="token">Says the token, for each request anew; null: none is sent.</param>
    /// <param name="tenant">The tenant; null: the caller's own.</param>
    public ServerClient(Uri address, Func<CancellationToken, Task<string?>> token, string? tenant)
    {
        (Address, _token) = (address, token);
        // No limit on the time of a call as a whole, since logs and events stream; a server that does not even take a connection is found out soon.
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), UseProxy = Proxies.Of(address) is not null };
        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri(ServerAddress.Show(address) + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        if (tenant is not null) _http.DefaultRequestHeaders.Add(Routes.TenantHeader, tenant);
    }

    public Uri Address { get; }

    /// <summary>A route with its parameters filled in: <c>{id}</c> by a value, the rest by a query.</summary>
    public static string Fill(string route, string value, params (string Key, string? Value)[] query)
    {
        var start = route.IndexOf('{', StringComparison.Ordinal);
        var end = route.IndexOf('}', StringComparison.Ordinal);
        return Query($"{route[..start]}{Uri.EscapeDataString(value)}{route[(end + 1)..]}", query);
    }

    public static string Query(string path, params (string Key, string? Value)[] query)
    {
        var parts = query.Where(q => q.Value is not null).Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value!)}").ToArray();
        return parts.Length == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellation) =>
        await ReadAsync<T>(await SendAsync(HttpMethod.Get, path, null, HttpCompletionOption.ResponseContentRead, cancellation), cancellation);

    /// <summary>A page of a listing, with the number of rows that the listing has.</summary>
    public async Task<ServerPage<T>> GetPageAsync<T>(string path, CancellationToken cancellation)
    {
        var response = await SendAsync(HttpMethod.Get, path, null, HttpCompletionOption.ResponseContentRead, cancellation);
        int? total = response.Headers.TryGetValues(Routes.TotalHeader, out var values) && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
        var next = response.Headers.TryGetValues(Routes.NextHeader, out var places) ? places.First() : null;
        return new ServerPage<T>(await ReadAsync<T[]>(response, cancellation), total) { Next = next };
    }

    /// <summary>As <see cref="GetAsync"/>, but null when the server knows no such thing.</summary>
    public async Task<T?> FindAsync<T>(string path, CancellationToken cancellation) where T : class
    {
        try
        {
            return await GetAsync<T>(path, cancellation);
        }
        catch (CliException e) when (e.ExitCode == ExitCode.NotFound)
        {
            return null;
        }
    }

    public async Task<T> PostAsync<T>(string path, CancellationToken cancellation) =>
        await ReadAsync<T>(await SendAsync(HttpMethod.Post, path, null, HttpCompletionOption.ResponseContentRead, cancellation), cancellation);

    public async Task<T> PostAsync<T>(string path, object value, CancellationToken cancellation)
    {
        using var body = new StringContent(JsonSerializer.Serialize(value, value.GetType(), SpecJson.Options), Encoding.UTF8, "application/json");
        return await ReadAsync<T>(await SendAsync(HttpMethod.Post, path, body, HttpCompletionOption.ResponseContentRead, cancellation), cancellation);
    }

    public async Task<T> PutAsync<T>(string path, object value, CancellationToken cancellation)
    {
        using var body = new StringContent(JsonSerializer.Serialize(value, value.GetType(), SpecJson.Options), Encoding.UTF8, "application/json");
        return await ReadAsync<T>(await SendAsync(HttpMethod.Put, path, body, HttpCompletionOption.ResponseContentRead, cancellation), cancellation);
    }

    /// <summary>Sends a body that is made while it is sent.</summary>
    /// <exception cref="UnreachableException">The connection broke. What had arrived by then may have been kept.</exception>
    public async Task<T> PutAsync<T>(string path, HttpContent body, CancellationToken cancellation) =>
        await ReadAsync<T>(await SendAsync(HttpMethod.Put, path, body, HttpCompletionOption.ResponseContentRead, cancellation), cancellation);

    public async Task<T> DeleteAsync<T>(string path, CancellationToken cancellation) =>
        await ReadAsync<T>(await SendAsync(HttpMethod.Delete, path, null, HttpCompletionOption.ResponseContentRead, cancellation), cancellation);

    /// <summary>Sends a spec exactly as it is in its file, so that the server's problems name its lines.</summary>
    /// <exception cref="SpecRefusedException">The server found problems.</exception>
    public async Task<T> PostSpecAsync<T>(string path, string yaml, CancellationToken cancellation, string? key = null)
    {
        using var body = new StringContent(yaml, Encoding.UTF8, Routes.Yaml);
        return await ReadAsync<T>(await SendAsync(HttpMethod.Post, path, body, HttpCompletionOption.ResponseContentRead, cancellation, key), cancellation);
    }

    /// <summary>A body that is read as it arrives.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="cancellation">Stops the request.</param>
    /// <param name="offset">How many bytes from the first on are not asked for.</param>
    public async Task<Stream> OpenAsync(string path, CancellationToken cancellation, long offset = 0)
    {
        var response = await SendAsync(HttpMethod.Get, path, null, HttpCompletionOption.ResponseHeadersRead, cancellation, offset: offset);
        // The whole body all the same, from a server that cannot do otherwise.
        if (offset > 0 && response.StatusCode != HttpStatusCode.PartialContent) return await SkippedAsync(response, offset, cancellation);
        return await response.Content.ReadAsStreamAsync(cancellation);
    }

    /// <summary>Server-sent events until the server ends the stream.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public async IAsyncEnumerable<ServerEvent> EventsAsync(string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = await OpenAsync(path, cancellation);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellation)) yield return new ServerEvent(item.EventType, item.Data);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, HttpCompletionOption completion, CancellationToken cancellation, string? key = null, long offset = 0)
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/')) { Content = body };
        // The server says what is wrong with a key.
        if (key is not null) request.Headers.Add(Routes.IdempotencyKey, key);
        // A body of gigabytes is not sent to a server that refuses it.
        if (body is FilePart) request.Headers.ExpectContinue = true;
        if (offset > 0) request.Headers.Range = new RangeHeaderValue(offset, null);
        if (await _token(cancellation) is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, completion, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(e.InnerException?.Message ?? e.Message);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw Unreachable(e.InnerException?.Message ?? "no answer in time");
        }
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await ServerAnswers.ToExceptionAsync(response, Address, cancellation);
    }

    private static async Task<Stream> SkippedAsync(HttpResponseMessage response, long offset, CancellationToken cancellation)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[1 << 16];
        while (offset > 0)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, offset)), cancellation);
            if (read == 0) break;
            offset -= read;
        }
        return stream;
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellation);
            try
            {
                return JsonSerializer.Deserialize<T>(text, SpecJson.Options) ?? throw new JsonException("null");
            }
            catch (Exception e) when (e is JsonException or NotSupportedException)
            {
                throw ServerAnswers.Foreign(Address, e.Message);
            }
        }
    }

    private UnreachableException Unreachable(string why) => new(
        $"Cannot reach the server at {ServerAddress.Show(Address)}{Proxies.Through(Address)}: {why}",
        Proxies.Of(Address) is null ? "Start one with 'ptune server', or name another with --server URL or PTUNE_SERVER." : Proxies.Fix);
}
