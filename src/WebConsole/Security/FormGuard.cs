using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.WebConsole.Frames;
using Ptune.WebConsole.Pages;

namespace Ptune.WebConsole.Security;

/// <summary>Takes only forms that one of our own pages has shown to this visitor, and only as much of them as a form may hold.</summary>
internal static class FormGuard
{
    /// <summary>A spec has at most a million characters, and each may be sent as nine.</summary>
    private const int MostBytes = 10 * 1024 * 1024;

    private static readonly FormOptions Limits = new() { BufferBodyLengthLimit = MostBytes, ValueLengthLimit = MostBytes, KeyLengthLimit = 256, ValueCountLimit = 1024, MultipartBodyLengthLimit = MostBytes };

    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method)) return await next(context);
        if (!http.Request.HasFormContentType) return Refuse(http, StatusCodes.Status415UnsupportedMediaType, "This address takes forms of the console only. Programs use the API under /v1.");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;
        http.Features.Set<IFormFeature>(new FormFeature(http.Request, Limits));
        try
        {
            if (await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)) return await next(context);
        }
        catch (InvalidDataException e)
        {
            return Refuse(http, StatusCodes.Status413PayloadTooLarge, $"The form is too large. {e.Message}");
        }
        return Refuse(http, StatusCodes.Status400BadRequest, "This form was not sent from a page of this console, or the page is out of date. Nothing was done. Open the page again and repeat the action.");
    }

    private static RazorComponentResult<ErrorPage> Refuse(HttpContext http, int status, string why) =>
        Rendered.Page<ErrorPage>(status, http.RequestServices.GetRequiredService<PageFrames>().Of(http), ("Title", "Nothing was done"), ("Detail", why));
}
