using Azure;

namespace Ptune.Storage.Azure;

/// <summary>The one way that an account that does not answer, or refuses, is reported.</summary>
internal static class AzureFailure
{
    /// <summary>The first line says what happened; the rest of Azure's message is headers.</summary>
    public static IOException Of(Uri place, Exception cause) =>
        new($"The storage at '{place.GetLeftPart(UriPartial.Path)}' failed: {cause.Message.Split('\n')[0].Trim()}", cause);

    public static bool Is(Exception e) => e is RequestFailedException or AggregateException { InnerException: RequestFailedException };
}
