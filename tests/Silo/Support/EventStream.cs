using System.Net.ServerSentEvents;
using System.Text.Json;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Tests.Support;

/// <summary>Reads server-sent events one by one.</summary>
public sealed class EventStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private EventStream(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _items = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();
    }

    public static async Task<EventStream> OpenAsync(TenantClient client, string path)
    {
        var response = await client.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event of this name; null at the stream's end.</summary>
    public async Task<T?> NextAsync<T>(string name) where T : class
    {
        while (await _items.MoveNextAsync())
            if (_items.Current.EventType == name) return JsonSerializer.Deserialize<T>(_items.Current.Data, SpecJson.Options);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _items.DisposeAsync();
        _response.Dispose();
    }
}
