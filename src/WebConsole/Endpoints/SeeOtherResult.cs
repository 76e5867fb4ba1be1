namespace Ptune.WebConsole.Endpoints;

/// <summary>303 to a path of this server.</summary>
internal sealed class SeeOtherResult(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = Frames.LocalPath.Of(path);
        return Task.CompletedTask;
    }
}
