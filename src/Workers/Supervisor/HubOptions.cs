namespace Ptune.Supervisor;

/// <summary>
/// How a worker uses the Hugging Face hub. From configuration, section <c>Hub</c>; as the variable <c>PTUNE_Hub__Offline</c>. Where the hub is and who asks is said by the variables that
/// the hub's own client reads (HF_ENDPOINT, HF_TOKEN, HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE), which executors inherit.
/// </summary>
public sealed record HubOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Hub";

    /// <summary>Never connect: models are taken from the hub's cache on this machine, or refused. Default: false; then only what names the hub by <c>hf:</c> connects.</summary>
    public bool Offline { get; init; }
}
