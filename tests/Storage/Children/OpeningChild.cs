using Ptune.Storage.Embedded;

namespace Ptune.Storage.Tests.Children;

/// <summary>Tries to open the store, and tells what it was told.</summary>
internal static class OpeningChild
{
    public static async Task<int> RunAsync(string folder)
    {
        try
        {
            await using var store = new EmbeddedStore(folder);
            ChildRoles.Say("opened");
        }
        catch (IOException e)
        {
            ChildRoles.Say($"{e.GetType().Name}: {e.Message}");
        }
        return 0;
    }
}
