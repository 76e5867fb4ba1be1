using Azure.Core;

namespace Ptune.Storage.Azure;

/// <summary>
/// How long an account may be away before a call fails: about five seconds, the same for blobs and tables. Every caller of the stores
/// tries again by itself, and a grain that waits holds up its whole queue.
/// </summary>
internal static class AzureRetries
{
    public static T Of<T>(T options)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 4;
        options.Retry.Delay = TimeSpan.FromMilliseconds(300);
        return options;
    }
}
