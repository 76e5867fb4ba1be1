namespace Ptune.Silo.Http;

/// <summary>Marks an endpoint whose body is a spec.</summary>
internal sealed record SpecBody(params Type[] Types);
