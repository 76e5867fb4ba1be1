using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Studies;
using Ptune.Fixtures;

namespace Ptune.Chaos.Tests.Rig;

/// <summary>A client that asks one server after the other until it is answered, as one behind a load balancer does.</summary>
internal sealed class RetryingClient(Func<IEnumerable<string>> servers, string tenant) : IDisposable
{
    // A silo that is stopped never answers: another one does.
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public Task<JobView> SubmitAsync(string yaml) => AskAsync<JobView>("a submit is answered", server => Request(HttpMethod.Post, server, Routes.Jobs, yaml));

    public Task<StudyView> SubmitStudyAsync(string yaml) => AskAsync<StudyView>("a study is accepted", server => Request(HttpMethod.Post, server, Routes.Studies, yaml));

    public Task<StudyView> StudyAsync(string id) => AskAsync<StudyView>($"study {id} is shown", server => Request(HttpMethod.Get, server, Of(Routes.Study, id)));

    public Task<JobView> JobAsync(string id) => AskAsync<JobView>($"job {id} is shown", server => Request(HttpMethod.Get, server, Of(Routes.Job, id)));

    public Task<AuditRow[]> AuditAsync() => AskAsync<AuditRow[]>("the audit trail is shown", server => Request(HttpMethod.Get, server, $"{Routes.Audit}?chain={tenant}&limit=1000"));

    public Task<AuditVerification[]> VerifyAuditAsync() => AskAsync<AuditVerification[]>("the audit trail is verified", server => Request(HttpMethod.Get, server, $"{Routes.AuditVerify}?chain={tenant}"));

    /// <param name="command">The route of a command, as <see cref="Routes.JobCancel"/>.</param>
    public Task<JobView> TellAsync(string command, string id) => AskAsync<JobView>($"job {id} is told", server => Request(HttpMethod.Post, server, Of(command, id)));

    public Task<ArtifactView> ArtifactAsync(string digest) =>
        AskAsync<ArtifactView>($"artifact {digest} is shown", server => Request(HttpMethod.Get, server, Routes.Artifact.Replace("{reference}", digest, StringComparison.Ordinal)));

    public async Task<JobView> EndOfAsync(string id, TimeSpan limit) =>
        await Eventually.ValueAsync($"job {id} ends", () => JobAsync(id), view => view.Status.IsFinal, limit);

    public void Dispose() => _http.Dispose();

    private static string Of(string route, string id) => route.Replace("{id}", id, StringComparison.Ordinal);

    private Task<T> AskAsync<T>(string what, Func<string, HttpRequestMessage> request)
    {
        var tries = 0;
        return Answer(Eventually.ValueAsync(
            what,
            async () =>
            {
                var known = servers().ToArray();
                using var asked = request(known[tries++ % known.Length]);
                using var answer = await _http.SendAsync(asked);
                var refused = (int)answer.StatusCode is >= 400 and < 500;
                if (!refused && !answer.IsSuccessStatusCode) throw new IOException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                return (Value: refused ? default : await answer.Content.ReadFromJsonAsync<T>(SpecJson.Options), Refusal: refused ? await answer.Content.ReadAsStringAsync() : null);
            },
            _ => true,
            TimeSpan.FromMinutes(3)));
    }

    // A mistake of the test's own is not asked again and again.
    private static async Task<T> Answer<T>(Task<(T? Value, string? Refusal)> asking) =>
        await asking is { Refusal: null, Value: { } value } ? value : throw new InvalidOperationException((await asking).Refusal);

    private HttpRequestMessage Request(HttpMethod method, string server, string path, string? yaml = null)
    {
        var request = new HttpRequestMessage(method, new Uri(new Uri(server), path));
        request.Headers.Add(Routes.TenantHeader, tenant);
        if (yaml is not null) request.Content = new StringContent(yaml, Encoding.UTF8, Routes.Yaml);
        return request;
    }
}
