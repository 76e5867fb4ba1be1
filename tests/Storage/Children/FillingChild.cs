using Ptune.Contracts.Stores;
using Ptune.Storage.Embedded;

namespace Ptune.Storage.Tests.Children;

/// <summary>
/// Runs where files cannot grow as they want: writes what fits, then what does not, then tells what is left. Each line is a fact that the
/// test asserts.
/// </summary>
internal static class FillingChild
{
    public const int FittingBytes = 1_000_000;
    public const int ExceedingBytes = 30_000_000;

    public static async Task<int> RunAsync(string folder)
    {
        await using var store = new EmbeddedStore(folder);
        await store.Blobs.CreateAsync("kept/fits", new MemoryStream(new byte[FittingBytes]));
        await store.Catalog.PutAsync(Rows.Job("fits"));

        ChildRoles.Say("blob: " + await FailureAsync(() => store.Blobs.CreateAsync("kept/exceeds", new MemoryStream(new byte[ExceedingBytes]))));
        ChildRoles.Say("unfinished: " + Directory.GetFiles(Path.Combine(folder, "blobs", ".unfinished")).Length);
        ChildRoles.Say("blobs: " + string.Join(",", await store.Blobs.ListAsync("kept/").Select(blob => $"{blob.Name}={blob.Bytes}").ToArrayAsync()));

        var written = 0;
        ChildRoles.Say("rows: " + await FailureAsync(async () =>
        {
            for (; ; written++) await store.Catalog.PutAsync(Rows.Job($"row {written}") with { Name = new string('x', 200_000) });
        }));
        var stored = await store.Catalog.QueryAsync(new JobQuery { Name = new string('x', 200_000) }).CountAsync();
        ChildRoles.Say($"acknowledged: {written} stored: {stored}");
        ChildRoles.Say("row: " + (await store.Catalog.FindAsync(Rows.Job("fits").JobId))?.Name);
        await using var kept = (await store.Blobs.OpenAsync("kept/fits"))!;
        ChildRoles.Say("kept: " + kept.Length);
        return 0;
    }

    private static async Task<string> FailureAsync(Func<Task> write)
    {
        try
        {
            await write();
            return "no failure";
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }
}
