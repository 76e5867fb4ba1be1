using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;

namespace Ptune.Silo.Http;

/// <summary>The OpenAPI document: what the framework cannot see in the handlers' signatures.</summary>
internal static class ApiDocument
{
    private const string TokenScheme = "token";

    public static void AddApiDocument(this IServiceCollection services, bool needsToken) => services.AddOpenApi("v1", options =>
    {
        // The dashboard maps endpoints too; they are its own business.
        options.ShouldInclude = description => description.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Portable Tuning Orchestrator",
                Version = "v1",
                Description = "Tune once on one model, carry it to others. Errors are problem+json (RFC 9457); a spec that cannot be used is 422 with a specErrors array.",
                License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
            };
            document.Servers?.Clear();
            if (!needsToken) return Task.CompletedTask;
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[TokenScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(TokenScheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, cancellation) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = Routes.TenantHeader,
                In = ParameterLocation.Header,
                Description = $"The tenant. Default: {JobIds.DefaultTenant}.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Default = JsonValue.Create(JobIds.DefaultTenant) },
            });
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<SpecBody>().FirstOrDefault() is not { } body) return;
            var forms = new List<IOpenApiSchema>();
            foreach (var type in body.Types) forms.Add(await context.GetOrCreateSchemaAsync(type, null, cancellation));
            var schema = forms is [var only] ? only : new OpenApiSchema { OneOf = forms };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = "A spec: YAML, or JSON.",
                Content = SpecBodies.MediaTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }),
            };
        });
    });
}
