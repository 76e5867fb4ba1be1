namespace Ptune.Silo.Configuration;

/// <summary>What stands outside all sections.</summary>
internal sealed class ServerOptions
{
    /// <summary>embedded or cluster. Default: embedded. Embedded keeps all in one folder and stops when its process stops; a cluster survives its silos.</summary>
    public ServerMode Mode { get; set; } = ServerMode.Embedded;
}
