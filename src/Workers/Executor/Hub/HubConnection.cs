using System.Net;
using System.Net.Http.Headers;
using Ptune.Executor.Network;
using Ptune.Learning;

namespace Ptune.Executor.Hub;

/// <summary>Asks the hub. It follows redirects itself: the token goes to the hub's own address and nowhere else.</summary>
internal sealed class HubConnection(HubSettings settings)
{
    private const int MostRedirects = 10;
    private const int LongestListing = 64 << 20;

    private static readonly DirectToLoopback s_proxy = new(HttpClient.DefaultProxy);

    private static readonly HttpClient s_http = NewClient();

    private readonly string _endpoint = settings.Endpoint.AbsoluteUri.TrimEnd('/');

    /// <summary>The files of a revision and the commit that it stands for.</summary>
    /// <exception cref="DataException">There is none, or it may not be read.</exception>
    /// <exception cref="IOException">The hub is away or busy.</exception>
    public async Task<HubListing> ListAsync(HubReference reference, CancellationToken cancellation)
    {
        var what = $"The files of {reference}";
        var address = new Uri($"{_endpoint}/api/models/{reference.Repository}/revision/{Uri.EscapeDataString(reference.Asked)}?blobs=true");
        using var answer = await SendAsync(address, what, reference, null, cancellation);
        if (!answer.Response.IsSuccessStatusCode) throw HubRefusals.Of(answer.Response, what, reference, settings);
        RefusePage(answer.Response, what);
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        await using var stream = await answer.Response.Content.ReadAsStreamAsync(cancellation);
        for (int read; (read = await ReadAsync(stream, buffer, what, content.Length, cancellation)) > 0;)
        {
            content.Write(buffer, 0, read);
            if (content.Length > LongestListing) throw new DataException($"{what}: the answer has more than {LongestListing:N0} bytes.");
        }
        var listing = HubListing.Parse(content.GetBuffer().AsMemory(0, (int)content.Length), HubRefusals.Place(answer.Response));
        return !reference.IsPinned || listing.Commit == reference.Revision
            ? listing
            : throw new DataException($"{what}: {HubRefusals.Place(answer.Response)} answered with another commit, {listing.Commit}.");
    }

    /// <summary>Opens a file of a commit; the answer may also be 416, where nothing begins at <paramref name="offset"/>.</summary>
    /// <exception cref="DataException">There is none, or it may not be read.</exception>
    /// <exception cref="IOException">The hub is away or busy.</exception>
    public async Task<HubAnswer> OpenAsync(HubReference reference, string commit, string path, long offset, CancellationToken cancellation)
    {
        var what = $"{reference.Repository}/{HubText.Shown(path)}";
        var address = new Uri($"{_endpoint}/{reference.Repository}/resolve/{commit}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}");
        var answer = await SendAsync(address, what, reference, offset > 0 ? new RangeHeaderValue(offset, null) : null, cancellation);
        try
        {
            if (answer.Status == HttpStatusCode.RequestedRangeNotSatisfiable) return answer;
            if (!answer.Response.IsSuccessStatusCode) throw HubRefusals.Of(answer.Response, what, reference, settings);
            RefusePage(answer.Response, what);
            return answer.Facts.Commit is { } other && other != commit
                ? throw new DataException($"{what}: {_endpoint} answered with commit {HubText.Shown(other)} instead of {commit}.")
                : answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>Reads some of an answer; 0 at its end.</summary>
    /// <param name="done">Bytes that came before, for the message.</param>
    /// <exception cref="IOException">It broke off, or nothing came for too long.</exception>
    public async Task<int> ReadAsync(Stream stream, Memory<byte> buffer, string what, long done, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Patience);
        try
        {
            return await stream.ReadAsync(buffer, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HubTroubleException($"{what}: nothing came for {settings.Patience.TotalSeconds:0} s after {done:N0} bytes.");
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new HubTroubleException($"{what}: the transfer broke off after {done:N0} bytes: {error.Message}", inner: error);
        }
    }

    private async Task<HubAnswer> SendAsync(Uri address, string what, HubReference reference, RangeHeaderValue? range, CancellationToken cancellation)
    {
        var facts = HubFacts.None;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var response = await AskAsync(address, what, range, cancellation);
            if (IsHub(address)) facts = facts.And(response);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return new HubAnswer(response, facts);
            using (response) address = Next(address, response, what);
        }
        throw new DataException($"{what}: redirected more than {MostRedirects} times, last to {address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}. Check HF_ENDPOINT ({_endpoint}) and {reference.Repository}.");
    }

    private async Task<HttpResponseMessage> AskAsync(Uri address, string what, RangeHeaderValue? range, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = range;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("ptune", null));
        if (settings.Token is { } token && IsHub(address)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Patience);
        try
        {
            Connections.Rules.Check(address);
            return await s_http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (Exception error) when (Connections.Refusal(error) is { } refusal)
        {
            throw new DataException($"{what} is not fetched: {refusal.Message}");
        }
        catch (HttpRequestException error)
        {
            throw new HubTroubleException($"{what} cannot be fetched{By(address)}: {error.Message.TrimEnd('.')}.", inner: error);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new HubTroubleException($"{what} cannot be fetched{By(address)}: {address.Authority} did not answer within {settings.Patience.TotalSeconds:0} s.", inner: error);
        }
    }

    private static Uri Next(Uri address, HttpResponseMessage response, string what)
    {
        if (response.Headers.Location is not { } location) throw new DataException($"{what}: {HubRefusals.Place(response)} redirects without saying where to.");
        var next = new Uri(address, location);
        return next.Scheme == address.Scheme || next.Scheme == Uri.UriSchemeHttps
            ? next
            : throw new DataException($"{what}: {HubRefusals.Place(response)} redirects from {address.Scheme} to {next.Scheme}, which is not followed.");
    }

    private bool IsHub(Uri address) => Uri.Compare(address, settings.Endpoint, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    // A login page, or a proxy's word, that would be stored as a model.
    private static void RefusePage(HttpResponseMessage response, string what)
    {
        if (response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
            throw new DataException($"{what}: {HubRefusals.Place(response)} answered with a web page. Check HF_ENDPOINT, and whether a proxy or a login page stands in between.");
    }

    private static HttpClient NewClient()
    {
        var handler = Connections.NewHandler();
        (handler.Proxy, handler.AllowAutoRedirect, handler.UseCookies) = (s_proxy, false, false);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static string By(Uri address) => s_proxy.For(address) is { } proxy ? $" through the proxy {proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}" : "";
}
