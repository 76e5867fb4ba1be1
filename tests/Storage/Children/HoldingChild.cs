using Ptune.Storage.Embedded;

namespace Ptune.Storage.Tests.Children;

/// <summary>A server that has the store open until its input ends.</summary>
internal static class HoldingChild
{
    public static async Task<int> RunAsync(string folder)
    {
        await using var store = new EmbeddedStore(folder);
        ChildRoles.Say("open");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
