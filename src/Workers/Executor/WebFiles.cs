using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ptune.Executor.Network;
using Ptune.Learning;

namespace Ptune.Executor;

/// <summary>Reads data sets' files from their http(s) addresses. The learning library itself knows no network.</summary>
internal static class WebFiles
{
    private static readonly DirectToLoopback s_proxy = new(HttpClient.DefaultProxy);

    // Until the headers have come; how long the rest may take is for the watch over the job's progress to say.
    private static readonly HttpClient s_http = NewClient();

    /// <exception cref="DataException">The address refuses, or is refused: asking again would not help.</exception>
    /// <exception cref="IOException">The server is away or fails: another attempt may succeed.</exception>
    public static Stream Open(WebFile file)
    {
        var response = Send(file);
        if (response.IsSuccessStatusCode) return response.Content.ReadAsStream();
        using (response)
        {
            var answer = $"{file.Name} answered {(int)response.StatusCode} {response.ReasonPhrase}{By(file)}.";
            throw response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new DataException($"{answer} Check the credentials in dataset.location and the secrets that it names."),
                HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new IOException(answer),
                _ => new DataException($"{answer} Correct dataset.location or the file's path."),
            };
        }
    }

    private static HttpResponseMessage Send(WebFile file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, file.Address);
        if (file.Credentials is { } credentials)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        try
        {
            Connections.Rules.Check(file.Address);
            return s_http.Send(request, HttpCompletionOption.ResponseHeadersRead);
        }
        catch (Exception error) when (Connections.Refusal(error) is { } refusal)
        {
            throw new DataException($"{file.Name} is not fetched: {refusal.Message}");
        }
        catch (HttpRequestException error)
        {
            throw new IOException($"{file.Name} cannot be fetched{By(file)}: {error.Message}", error);
        }
        catch (OperationCanceledException error)
        {
            throw new IOException($"{file.Name} cannot be fetched{By(file)}: no answer within {s_http.Timeout.TotalSeconds:0} s.", error);
        }
    }

    private static HttpClient NewClient()
    {
        var handler = Connections.NewHandler();
        handler.Proxy = s_proxy;
        return new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(5) };
    }

    private static string By(WebFile file) => s_proxy.For(file.Address) is { } proxy ? $" through the proxy {proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}" : "";
}
