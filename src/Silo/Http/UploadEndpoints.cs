using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Silo.Audit;
using Ptune.Silo.Security;
using Ptune.Storage.Uploads;

namespace Ptune.Silo.Http;

/// <summary>Files on their way from clients into the store, each under its digest.</summary>
internal static partial class UploadEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapMethods(Routes.Upload, ["GET", "HEAD"], Find).WithQuery().WithSummary("How much of an upload is there")
            .WithDescription("Also in the headers Ptune-Upload-Bytes and Ptune-Upload-Complete. Of an unknown one, nothing is there.");
        api.MapPut(Routes.Upload, Append).WithMetadata(new OwnBodyLimit()).RequireAuthorization(Policies.Submitter).WithQuery().Accepts<Stream>("application/octet-stream").WithSummary("Send a file, or its next bytes")
            .WithDescription("With Content-Range: bytes FIRST-LAST/TOTAL the body is a part, which begins where the bytes end that are there. What has arrived when a connection breaks is kept. The digest is checked with the last byte. bytes */TOTAL without a body keeps what is there from being removed.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapDelete(Routes.Upload, Discard).RequireAuthorization(Policies.Submitter).WithQuery().WithSummary("Remove what is there of an unfinished upload");
    }

    private static async Task<Results<Ok<UploadView>, ProblemHttpResult>> Find(HttpContext http, string sha256, UploadStore uploads) =>
        Wrong(sha256) is { } problem ? problem : Answer(http, sha256, await uploads.FindAsync(Tenants.Of(http), sha256, http.RequestAborted));

    private static async Task<Results<Ok<UploadView>, ProblemHttpResult>> Append(HttpContext http, string sha256, UploadStore uploads, AuditLog audit)
    {
        if (Wrong(sha256) is { } problem) return problem;
        var (range, wrong) = UploadRange.Of(http.Request);
        if (wrong is not null) return ApiProblems.BadRequest(wrong);
        // The store has its own limit, which is said in words before the first byte is read.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        var tenant = Tenants.Of(http);
        var before = await uploads.FindAsync(tenant, sha256, http.RequestAborted);
        // Two rows for a file, with its first byte and with its last, and none for the parts between.
        var isBegin = range.Offset == 0 && before is { Bytes: 0, IsComplete: false };
        var row = isBegin
            ? await audit.BeginAsync(http, tenant, AuditActions.UploadPut, sha256, null, $"{range.Total} bytes")
            : audit.Entry(http.Stamp(), AuditActions.UploadPut, sha256, null, $"{range.Total} bytes");
        var result = await uploads.AppendAsync(tenant, sha256, range.Offset ?? before.Bytes, range.Total, range.Offset is null ? Stream.Null : http.Request.Body, http.RequestAborted);
        var refused = result.Refusal == UploadRefusal.None ? null : Refusal(http, result);
        if (!before.IsComplete && result.Standing.IsComplete) await audit.EndAsync(tenant, row);
        else if (isBegin && refused is not null) await audit.EndAsync(tenant, row, refused.ProblemDetails.Detail);
        return refused is null ? Answer(http, sha256, result.Standing) : refused;
    }

    private static async Task<Results<Ok<UploadView>, ProblemHttpResult>> Discard(HttpContext http, string sha256, UploadStore uploads, AuditLog audit)
    {
        if (Wrong(sha256) is { } problem) return problem;
        if (await uploads.FindAsync(Tenants.Of(http), sha256, http.RequestAborted) is { Bytes: > 0, IsComplete: false } unfinished)
        {
            await audit.AroundAsync(http, Tenants.Of(http), AuditActions.UploadRemove, sha256, $"{unfinished.Bytes} bytes of an unfinished upload", null, DiscardAsync);
        }
        return Answer(http, sha256, await uploads.FindAsync(Tenants.Of(http), sha256, http.RequestAborted));

        async Task<bool> DiscardAsync()
        {
            await uploads.DiscardAsync(Tenants.Of(http), sha256, http.RequestAborted);
            return true;
        }
    }

    private static Ok<UploadView> Answer(HttpContext http, string sha256, UploadStanding standing)
    {
        Say(http, standing);
        return TypedResults.Ok(new UploadView(sha256, standing.Bytes, standing.Total, standing.IsComplete));
    }

    private static ProblemHttpResult Refusal(HttpContext http, UploadResult result)
    {
        Say(http, result.Standing);
        var status = result.Refusal switch
        {
            UploadRefusal.TooLarge or UploadRefusal.OverQuota => StatusCodes.Status413PayloadTooLarge,
            UploadRefusal.WrongDigest => StatusCodes.Status422UnprocessableEntity,
            _ => StatusCodes.Status409Conflict,
        };
        return TypedResults.Problem(result.Problem, statusCode: status, title: "The upload was not taken");
    }

    private static void Say(HttpContext http, UploadStanding standing)
    {
        http.Response.Headers[Routes.UploadBytes] = standing.Bytes.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers[Routes.UploadComplete] = standing.IsComplete ? "true" : "false";
    }

    private static ProblemHttpResult? Wrong(string sha256) =>
        Sha256().IsMatch(sha256) ? null : ApiProblems.BadRequest($"'{sha256}' is not the SHA-256 of a file: write its 64 lower-case hexadecimal digits.");

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Sha256();
}
