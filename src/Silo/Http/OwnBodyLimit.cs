namespace Ptune.Silo.Http;

/// <summary>Marks an endpoint that says itself what a body may have.</summary>
internal sealed record OwnBodyLimit;
