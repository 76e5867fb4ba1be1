using System.Globalization;
using Ptune.Storage.Embedded;
using Ptune.Storage.Tests.GrainStates;

namespace Ptune.Storage.Tests.Children;

/// <summary>Writes blobs and a grain's state without end, and says what the store has acknowledged: it is killed in the middle.</summary>
internal static class WritingChild
{
    public const string BlobPrefix = "written/";
    public const int BlobBytes = 300_000;

    public static async Task<int> RunAsync(string folder)
    {
        await using var store = new EmbeddedStore(folder);
        var state = await SampleStates.ReadAsync(store);
        ChildRoles.Say("open");
        var lines = new Lock();
        void Say(string what, long number)
        {
            lock (lines) ChildRoles.Say(string.Create(CultureInfo.InvariantCulture, $"{what} {number}"));
        }

        await Task.WhenAll(
            Task.Run(async () =>
            {
                for (var number = 0; ; number++)
                {
                    if (await store.Blobs.CreateAsync(BlobName(number), new MemoryStream(Content(number)))) Say("blob", number);
                }
            }),
            Task.Run(async () =>
            {
                while (true)
                {
                    state.State = SampleStates.Numbered(state.State.Number + 1);
                    await SampleStates.Storage(store).WriteStateAsync(SampleStates.Name, SampleStates.Grain, state);
                    Say("state", state.State.Number);
                }
            }));
        return 0;
    }

    public static string BlobName(long number) => string.Create(CultureInfo.InvariantCulture, $"{BlobPrefix}{number:D8}");

    /// <summary>Content that tells its number, so that a mixture or a part is seen.</summary>
    public static byte[] Content(long number)
    {
        var content = new byte[BlobBytes];
        new Random((int)number).NextBytes(content);
        return content;
    }
}
