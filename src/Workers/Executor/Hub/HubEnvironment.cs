using Ptune.Learning;
using Ptune.Protocol;

namespace Ptune.Executor.Hub;

/// <summary>
/// The hub's settings from the variables that the hub's own client reads: HF_ENDPOINT, HF_TOKEN, HF_TOKEN_PATH, HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE and their older names
/// (huggingface_hub, "Environment variables").
/// </summary>
/// <param name="variable">A variable's value; null where it is not set.</param>
internal sealed class HubEnvironment(Func<string, string?> variable)
{
    private static readonly string[] s_true = ["1", "ON", "YES", "TRUE"];
    private static readonly string[] s_false = ["", "0", "OFF", "NO", "FALSE"];

    /// <summary>Those of a run: this process's variables, and what the worker says.</summary>
    /// <exception cref="DataException">A variable cannot be used; the message names it.</exception>
    public static HubSettings Of(RunRequest request) => new HubEnvironment(Environment.GetEnvironmentVariable).Read(Path.Combine(request.DataFolder, "hub"), request.HubOffline) with { IsOfWorker = true };

    /// <param name="folder">Where downloads lie until they are complete.</param>
    /// <param name="isOffline">The worker's own setting Hub:Offline.</param>
    /// <exception cref="DataException">A variable cannot be used; the message names it.</exception>
    public HubSettings Read(string folder, bool isOffline) => new()
    {
        Endpoint = Endpoint(),
        Token = Token(),
        OfflineBy = isOffline ? "PTUNE_Hub__Offline" : OfflineBy(),
        Cache = Cache(),
        Folder = folder,
    };

    private Uri Endpoint()
    {
        if (Value("HF_ENDPOINT") is not { } text) return HubSettings.PublicEndpoint;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new DataException($"HF_ENDPOINT is '{HubText.Shown(text)}', which is no http(s) address; write for example https://huggingface.co.");
        // They would be shown in messages, and a token is what the hub takes.
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new DataException("HF_ENDPOINT holds credentials, a query or a fragment; write the address alone, and give the token by HF_TOKEN.");
        return new Uri(address.AbsoluteUri.TrimEnd('/'));
    }

    private string? Token()
    {
        if (IsTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")) return null;
        var name = new[] { "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN" }.FirstOrDefault(name => Value(name) is not null);
        var path = Path.GetFullPath(Expanded("HF_TOKEN_PATH") ?? Path.Combine(Home(), "token"));
        var token = name is not null ? Value(name) : File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        if (string.IsNullOrEmpty(token)) return null;
        // Not shown: it is a secret also where it is wrong.
        return token.All(c => c is > ' ' and < '\x7f') ? token : throw new DataException($"{name ?? path} holds characters that no token has, for example spaces.");
    }

    private string? OfflineBy() => new[] { "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE" }.FirstOrDefault(IsTrue);

    private string Cache() => Path.GetFullPath(Expanded("HF_HUB_CACHE") ?? Expanded("HUGGINGFACE_HUB_CACHE") ?? Path.Combine(Home(), "hub"));

    private string Home() => Expanded("HF_HOME") ?? Path.Combine(Expanded("XDG_CACHE_HOME") ?? Path.Combine(UserFolder(), ".cache"), "huggingface");

    private string UserFolder() => Value("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private string? Expanded(string name) => Value(name) is not { } path ? null
        : path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? UserFolder() + path[1..]
        : path;

    private bool IsTrue(string name)
    {
        var value = Value(name)?.ToUpperInvariant() ?? "";
        return s_true.Contains(value) || (s_false.Contains(value) ? false : throw new DataException($"{name} is '{HubText.Shown(value)}'; write 1 or 0."));
    }

    private string? Value(string name) => variable(name)?.Trim() is { Length: > 0 } value ? value : null;
}
