namespace Ptune.Workers.Tests.Hub;

/// <summary>An answer, byte for byte: it may lie.</summary>
internal sealed record HubReply(string Status, byte[] Body)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>What Content-Length says; null: the body's length; -1: there is none, and the connection's end is the body's.</summary>
    public long? Length { get; init; }

    /// <summary>After so many bytes of the body the connection ends.</summary>
    public int? BreakAfter { get; init; }

    /// <summary>After the body, or what is sent of it, nothing happens until the server goes.</summary>
    public bool Stalls { get; init; }

    public static HubReply Ok(byte[] body) => new("200 OK", body);

    public static HubReply Error(string status, params (string Name, string Value)[] headers) => new(status, "{}"u8.ToArray()) { Headers = headers.ToDictionary(h => h.Name, h => h.Value) };

    public static HubReply Redirect(string location) => Error("302 Found", ("Location", location));
}
