namespace Ptune.Executor.Hub;

/// <summary>Where the hub is, who asks, and whether anything may be asked at all.</summary>
internal sealed record HubSettings
{
    /// <summary>The public hub.</summary>
    public static Uri PublicEndpoint { get; } = new("https://huggingface.co");

    /// <summary>The hub, or a mirror of it. Default: the public one.</summary>
    public Uri Endpoint { get; init; } = PublicEndpoint;

    /// <summary>Sent to <see cref="Endpoint"/> only. Default: null, nobody.</summary>
    public string? Token { get; init; }

    /// <summary>Which setting forbids to connect; null: it is allowed. Default: null.</summary>
    public string? OfflineBy { get; init; }

    /// <summary>The cache of the hub's own client, which is only read. Default: null, none.</summary>
    public string? Cache { get; init; }

    /// <summary>Where files that are being fetched lie until all are here; a later fetch goes on from them.</summary>
    public required string Folder { get; init; }

    /// <summary>How often a file is asked for without getting further. Default: 5.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>How long an answer, and each further part of one, may take. Default: 60 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long at most is waited when the hub asks to wait. Default: 5 min, the hub's own window for rate limits.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether a worker's job asks: its variables are those of another program than the one that the user sees. Default: false.</summary>
    public bool IsOfWorker { get; init; }

    /// <summary>Without the token.</summary>
    public override string ToString() => $"{Endpoint}{(Token is null ? "" : " with a token")}{(OfflineBy is null ? "" : $", offline by {OfflineBy}")}";
}
