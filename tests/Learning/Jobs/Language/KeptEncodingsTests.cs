using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Reading;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Models.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Jobs.Language;

/// <summary>What a preparation or a training has encoded, the next training on the same data takes as it is.</summary>
public sealed class KeptEncodingsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;

    public KeptEncodingsTests() => _jobs = new TinyLanguage(_folder.Path);

    private string Kept => Path.Combine(_folder.Path, "cache", "encodings");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_TrainingAfterItsPreparation_EncodesNothingAndMakesTheSameBytes()
    {
        var data = _jobs.Texts() with { MaxTokens = 20 };
        _jobs.Complete("prepared", new PreparationSpec { Data = data, Tokenizer = TinyLanguage.Tokenizer });
        string file = Assert.Single(Directory.GetFiles(Kept, "*.safetensors"));

        var whole = _jobs.Complete("whole", TinyLanguage.Pretraining(data));
        Assert.Equal([file], Directory.GetFiles(Kept, "*.safetensors"));
        Directory.Delete(Kept, recursive: true);
        _jobs.Complete("fresh", TinyLanguage.Pretraining(data));
        Assert.Equal(TinyJobs.Files(_jobs.Output("fresh")), TinyJobs.Files(_jobs.Output("whole")));

        // Another content in its place is what is trained: the texts were not encoded.
        Replace(file, encoded => encoded with { Examples = [.. encoded.Examples.Take(3)], Records = [.. encoded.Records.Take(3)], Counts = new EncodingCounts { Examples = 3 } });
        Assert.True(whole.Metrics[MetricNames.Count] > 3);
        Assert.Equal(3, _jobs.Complete("fewer", TinyLanguage.Pretraining(data)).Metrics[MetricNames.Count]);
    }

    [Fact]
    public void Run_OtherSettingsOrTokenizer_HaveAFileOfTheirOwn()
    {
        var data = _jobs.Texts() with { MaxTokens = 20 };
        _jobs.Complete("prepared", new PreparationSpec { Data = data, Tokenizer = TinyLanguage.Tokenizer });
        _jobs.Complete("longer", new PreparationSpec { Data = data with { MaxTokens = 21 }, Tokenizer = TinyLanguage.Tokenizer });
        _jobs.Complete("small", new PreparationSpec { Data = data, Tokenizer = TinyLanguage.Tokenizer with { Vocabulary = 300 } });
        _jobs.Complete("again", new PreparationSpec { Data = data, Tokenizer = TinyLanguage.Tokenizer });
        Assert.Equal(3, Directory.GetFiles(Kept, "*.safetensors").Length);
    }

    [Fact]
    public void Run_DamagedFile_IsMadeAnew()
    {
        var data = _jobs.Texts();
        var done = _jobs.Complete("prepared", new PreparationSpec { Data = data, Tokenizer = TinyLanguage.Tokenizer });
        string file = Assert.Single(Directory.GetFiles(Kept, "*.safetensors"));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^20] ^= 2;
        File.WriteAllBytes(file, bytes);
        Assert.Equal(done.Metrics, _jobs.Complete("again", new PreparationSpec { Data = data, Tokenizer = TinyLanguage.Tokenizer }).Metrics);
        bytes[^20] ^= 2;
        Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public void Of_ExamplesOfSomeRecords_AreReadAsTheyWere()
    {
        TextRecord[] records = [.. Enumerable.Range(0, 5).Select(number => new PlainText($"text {number}") { Place = new RecordPlace("texts", "line", number) })];
        EncodedExample[] examples = [new([1, 2, 3], [false, true, false]) { Bytes = 7 }, new([49_151, 0], [false, true])];
        var encoded = new EncodedTexts(examples, [records[1], records[4]], new EncodingCounts { Examples = 2, Tokens = 5_000_000_000, TrainedTokens = 2, Cut = 1, TokensCut = 8, TooLong = 2, Untrained = 1 });

        var read = PackedEncoding.Read(PackedEncoding.Of(encoded, records), records);

        Assert.Equal([records[1], records[4]], read.Records);
        Assert.Equivalent(encoded.Counts, read.Counts, strict: true);
        Assert.Equal(examples.Select(example => (string.Join(' ', example.Ids), string.Join(' ', example.Trained), example.Bytes)), read.Examples.Select(example => (string.Join(' ', example.Ids), string.Join(' ', example.Trained), example.Bytes)));
    }

    private void Replace(string file, Func<EncodedTexts, EncodedTexts> change)
    {
        TextRecord[] records = [.. Enumerable.Range(0, 100).Select(number => new PlainText($"text {number}") { Place = new RecordPlace("texts", "line", number) })];
        var files = new HiddenStateCache(Kept, long.MaxValue, "");
        string key = Path.GetFileNameWithoutExtension(file);
        EncodedTexts changed;
        using (var there = files.Open(key, () => throw new InvalidOperationException("It is there."))!)
        using (var packed = HiddenStateCache.Read(there)) changed = change(PackedEncoding.Read(packed.data<int>().ToArray(), records));
        File.Delete(file);
        files.Open(key, () => tensor(PackedEncoding.Of(changed, records)))!.Dispose();
    }
}
