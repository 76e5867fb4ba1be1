using Ptune.Learning;

namespace Ptune.Executor;

/// <summary>Reads data sets' files from their http(s) addresses. The learning library itself knows no network.</summary>
internal static class WebFiles
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(30) };

    /// <exception cref="DataException">The address refuses: asking again would not help.</exception>
    /// <exception cref="HttpRequestException">The server is away or fails: another attempt may succeed.</exception>
    public static Stream Open(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var response = Http.Send(request, HttpCompletionOption.ResponseHeadersRead);
        if ((int)response.StatusCode is >= 400 and < 500)
        {
            var status = $"{(int)response.StatusCode} {response.ReasonPhrase}";
            response.Dispose();
            throw new DataException($"{address} answered {status}. Correct dataset.location or the file's path.");
        }
        response.EnsureSuccessStatusCode();
        return response.Content.ReadAsStream();
    }
}
