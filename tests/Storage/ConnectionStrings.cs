using Ptune.Fixtures;

namespace Ptune.Storage.Tests;

/// <summary>Accounts that are not there.</summary>
internal static class ConnectionStrings
{
    public static readonly string UnreachableHost = $"127.0.0.1:{FreePorts.Next()}";

    public static readonly string Unreachable =
        $"AccountName=nobody;AccountKey={Convert.ToBase64String(new byte[64])};BlobEndpoint=http://{UnreachableHost}/nobody;TableEndpoint=http://{UnreachableHost}/nobody;";
}
