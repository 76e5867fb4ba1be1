using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Http;

/// <summary>Describes bodies that are specs.</summary>
internal static class SpecBodies
{
    /// <summary>
    /// For the OpenAPI document alone: <see cref="SpecText"/> reads the body itself, since YAML is no media type that the framework binds, and so
    /// that a wrong media type is answered with what is right.
    /// </summary>
    public static RouteHandlerBuilder AcceptsSpec<TSpec>(this RouteHandlerBuilder endpoint) where TSpec : Spec => endpoint.AcceptsSpecs(typeof(TSpec));

    /// <summary>As <see cref="AcceptsSpec"/>, where there are several forms.</summary>
    public static RouteHandlerBuilder AcceptsSpecs(this RouteHandlerBuilder endpoint, params Type[] types) => endpoint
        .WithMetadata(new SpecBody(types))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    /// <summary>The media types in the document.</summary>
    public static readonly string[] MediaTypes = [Routes.Yaml, SpecText.Json];
}
