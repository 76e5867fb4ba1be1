using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Ptune.Storage.Embedded;

namespace Ptune.Silo.Hosting;

/// <summary>Failures to start that the user can mend, in words.</summary>
internal static class StartFailure
{
    /// <summary>What to tell, or null for a failure that is ours and deserves its stack.</summary>
    public static string? Describe(Exception exception)
    {
        foreach (var e in Chain(exception))
        {
            switch (e)
            {
                case StoreInUseException or StoreVersionException:
                    return e.Message;
                case OptionsValidationException options:
                    return string.Join(Environment.NewLine, options.Failures);
                case Azure.RequestFailedException storage:
                    return $"Azure Storage refused: {storage.Message.Split('\n')[0].Trim()} Look at PTUNE_Storage__ConnectionString and at what answers there.";
                case AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }:
                    return $"{exception.Message} Stop what listens there, or set PTUNE_Http__Urls to another address; port 0 takes a free one.";
                case SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable }:
                    return $"{exception.Message} Set PTUNE_Http__Urls to an address of this machine and a port from 1024 on.";
            }
        }
        return exception is IOException or UnauthorizedAccessException ? exception.Message : null;
    }

    /// <summary>Whether another server has the store.</summary>
    public static bool IsStoreInUse(Exception exception) => Chain(exception).OfType<StoreInUseException>().Any();

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException) yield return e;
    }
}
