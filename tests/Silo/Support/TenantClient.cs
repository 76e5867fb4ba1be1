using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Tests.Support;

/// <summary>A client of one tenant.</summary>
public sealed class TenantClient : IDisposable
{
    private readonly HttpClient _http;

    public TenantClient(HttpClient http, string tenant)
    {
        _http = http;
        Tenant = tenant;
        http.DefaultRequestHeaders.Add(Routes.TenantHeader, Tenant);
    }

    /// <summary>A client that says by itself who it is.</summary>
    public TenantClient(HttpClient http) => (_http, Tenant) = (http, "");

    public string Tenant { get; }

    public HttpClient Http => _http;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    public async Task<T> GetAsync<T>(string path)
    {
        using var response = await _http.GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"GET {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<T>(SpecJson.Options))!;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body = "", string type = Routes.Yaml) =>
        _http.PostAsync(path, new StringContent(body, Encoding.UTF8, type));

    public async Task<T> PostAsync<T>(string path, string body = "")
    {
        using var response = await PostAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, $"POST {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<T>(SpecJson.Options))!;
    }

    public void Dispose() => _http.Dispose();
}
