using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Workers;

namespace Ptune.Fixtures.Processes;

/// <summary>The HTTP API of a running server.</summary>
/// <param name="url">Its base address.</param>
/// <param name="authority">Who must have signed the server's certificate. Default: one that the machine trusts.</param>
public sealed class Api(string url, TestAuthority? authority = null) : IDisposable
{
    private readonly HttpClient _http = new(Handler(authority)) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(2) };

    public string Url => url;

    public Task<StudyView> SubmitStudyAsync(string yaml) => PostAsync<StudyView>(Routes.Studies, yaml, Routes.Yaml);

    public Task<JobView> SubmitJobAsync(JobSpec spec) => PostAsync<JobView>(Routes.Jobs, JsonSerializer.Serialize<Spec>(spec, SpecJson.Options), "application/json");

    /// <param name="yaml">A job's spec.</param>
    /// <param name="traceParent">The W3C traceparent of the span that submits it.</param>
    public Task<JobView> SubmitJobAsync(string yaml, string traceParent) => PostAsync<JobView>(Routes.Jobs, yaml, Routes.Yaml, traceParent);

    public Task<StudyView> StudyAsync(string id) => GetAsync<StudyView>(Routes.Study.Replace("{id}", id, StringComparison.Ordinal));

    public Task<JobView> JobAsync(string id) => GetAsync<JobView>(Routes.Job.Replace("{id}", id, StringComparison.Ordinal));

    public Task<WorkerView[]> WorkersAsync() => GetAsync<WorkerView[]>(Routes.Workers);

    public Task<PoolView[]> PoolsAsync() => GetAsync<PoolView[]>(Routes.Pools);

    public Task<string> TextAsync(string path) => _http.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>Reads the study's events until <paramref name="wanted"/> holds, or it is final.</summary>
    public async Task<StudyView> UntilAsync(string id, Func<StudyView, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await using var stream = await _http.GetStreamAsync(new Uri(Routes.StudyEvents.Replace("{id}", id, StringComparison.Ordinal), UriKind.Relative), limit.Token);
        await foreach (var e in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync(limit.Token))
        {
            if (e.EventType != "study") continue;
            var view = JsonSerializer.Deserialize<StudyView>(e.Data, SpecJson.Options)!;
            if (wanted(view) || view.Status.IsFinal) return view;
        }
        return await StudyAsync(id);
    }

    /// <summary>Reads the job's events until it is final.</summary>
    public async Task<JobView> EndOfAsync(string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await using var stream = await _http.GetStreamAsync(new Uri(Routes.JobEvents.Replace("{id}", id, StringComparison.Ordinal), UriKind.Relative), limit.Token);
        await foreach (var e in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync(limit.Token))
        {
            var view = JsonSerializer.Deserialize<JobView>(e.Data, SpecJson.Options)!;
            if (view.Status.IsFinal) return view;
        }
        return await JobAsync(id);
    }

    private static HttpClientHandler Handler(TestAuthority? authority)
    {
        var handler = new HttpClientHandler();
        if (authority is not null) handler.ServerCertificateCustomValidationCallback = (_, shown, _, _) => authority.HasSigned(shown!);
        return handler;
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> PostAsync<T>(string path, string body, string type, string? traceParent = null)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (traceParent is not null) request.Headers.Add("traceparent", traceParent);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<T>(text, SpecJson.Options)!
            : throw new InvalidOperationException($"{(int)answer.StatusCode} {text}");
    }

    private async Task<T> GetAsync<T>(string path) => (await _http.GetFromJsonAsync<T>(new Uri(path, UriKind.Relative), SpecJson.Options))!;
}
