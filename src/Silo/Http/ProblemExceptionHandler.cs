using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Orleans.Runtime;
using Ptune.Contracts.Audit;
using Ptune.Storage.Artifacts;

namespace Ptune.Silo.Http;

/// <summary>Exceptions as problems: what the caller can mend with 4xx, what passes by itself with 503, the rest with 500.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested) return true;
        var (status, detail) = Answer(http, exception);
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            LogUnanswered(logger, http.Request.Method, http.Request.Path, exception.Message);
            http.Response.Headers.RetryAfter = "2";
        }
        else if (status >= StatusCodes.Status500InternalServerError)
        {
            LogFailure(logger, exception, http.Request.Method, http.Request.Path);
        }
        await TypedResults.Problem(detail, statusCode: status).ExecuteAsync(http);
        return true;
    }

    /// <summary>Where in the body it is; the framework's words name types of the program.</summary>
    private static string WrongBody(JsonException json) => json.Path is null or "" or "$"
        ? "The body is not the JSON object that this route takes; /openapi/v1.json describes it."
        : $"The body's {json.Path.TrimStart('$', '.')} has a value that cannot be read; /openapi/v1.json says what it takes.";

    private static (int Status, string Detail) Answer(HttpContext http, Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } bad => (bad.StatusCode, WrongBody(json)),
        BadHttpRequestException bad => (bad.StatusCode, bad.Message),
        // What is wrong with a form comes to light where its token is read.
        AntiforgeryValidationException { InnerException: { } inner } => Answer(http, inner),
        // The framework's words for a form with too many fields, or too long ones.
        InvalidDataException form when http.Request.HasFormContentType => (StatusCodes.Status400BadRequest, form.Message),
        TimeoutException or SiloUnavailableException or OrleansMessageRejectionException =>
            (StatusCodes.Status503ServiceUnavailable, "The cluster did not answer in time. Nothing is lost, and it is safe to try again: the same work is always the same job."),
        AuditUnavailableException => (StatusCodes.Status503ServiceUnavailable, exception.Message),
        DigestMismatchException => (StatusCodes.Status500InternalServerError, exception.Message),
        // Storage says in its message which folder or account, and why: a full disk, a missing permission.
        IOException or UnauthorizedAccessException => (StatusCodes.Status507InsufficientStorage, exception.Message),
        _ => (StatusCodes.Status500InternalServerError, "Internal error; the server's log has the details."),
    };
}
