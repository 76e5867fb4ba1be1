using System.Globalization;
using Ptune.Fixtures;
using Ptune.Storage.Embedded;
using Ptune.Storage.Tests.Children;
using Ptune.Storage.Tests.GrainStates;

namespace Ptune.Storage.Tests.Embedded;

public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("crash");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_WhileWriting_LeavesOnlyWholeBlobsAndEveryCommittedState()
    {
        var blobs = new SortedSet<long>();
        var state = 0L;
        // Each round goes on in the store that the last one left, and is killed after another number of writes.
        foreach (var writes in new[] { 1, 7, 20, 33, 50 })
        {
            await using (var child = ChildProcess.Start(ChildRoles.Write, _folder.Location))
            {
                Assert.Equal("open", await child.ReadLineAsync());
                // Both kinds of write have to be under way when the blow falls.
                var kinds = new HashSet<char>();
                for (var i = 0; i < writes || kinds.Count < 2; i++)
                {
                    var line = (await child.ReadLineAsync())!;
                    kinds.Add(line[0]);
                    Note(line);
                }
                await child.KillAsync();
                // What it said before it died counts, too. A short line goes through a pipe whole.
                while (await child.ReadLineAsync() is { } line) Note(line);
            }
            await AssertWholeAsync(blobs, state);
        }

        void Note(string line)
        {
            var number = long.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
            if (line.StartsWith("blob ", StringComparison.Ordinal)) blobs.Add(number);
            else state = number;
        }
    }

    private async Task AssertWholeAsync(SortedSet<long> acknowledged, long state)
    {
        await using var store = new EmbeddedStore(_folder.Location);
        var found = await store.Blobs.ListAsync(WritingChild.BlobPrefix).ToListAsync();
        foreach (var blob in found)
        {
            var number = long.Parse(blob.Name[WritingChild.BlobPrefix.Length..], CultureInfo.InvariantCulture);
            await using var content = (await store.Blobs.OpenAsync(blob.Name))!;
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes);
            Assert.True(bytes.ToArray().AsSpan().SequenceEqual(WritingChild.Content(number)), $"{blob.Name} is not whole.");
        }
        Assert.Subset(found.Select(blob => blob.Name).ToHashSet(), acknowledged.Select(WritingChild.BlobName).ToHashSet());
        Assert.Empty(Directory.GetFiles(_folder.PathOf("blobs", ".unfinished")));

        var read = (await SampleStates.ReadAsync(store)).State;
        Assert.True(read.Number >= state, $"State {state} was acknowledged, and {read.Number} is stored.");
        Assert.Equal(SampleStates.Text(SampleStates.Numbered(read.Number)), SampleStates.Text(read));
    }
}
