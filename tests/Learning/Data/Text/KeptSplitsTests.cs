using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Learning.Data;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Tests.Jobs.Language;

namespace Ptune.Learning.Tests.Data.Text;

/// <summary>A job on a data set that another job has split reads only the records that it uses.</summary>
public sealed class KeptSplitsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;
    private readonly Dictionary<string, int[]> _kept = [];
    private int _made;

    public KeptSplitsTests() => _jobs = new TinyLanguage(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SplitsThatAreKept_AreReadAsTheyWereMade()
    {
        var tuning = _jobs.Texts() with { Splits = new SplitsSpec { Seed = 3, Shares = [0.5, 0.2, 0.1] } };
        foreach (var split in (Split[])[Split.Tuning, Split.Validation, Split.Test])
        {
            foreach (int? count in (int?[])[null, 2])
            {
                var data = tuning with { Split = split, Count = count };
                AssertEqual(TextSelection.Read(data, Files()), TextSelection.Read(data, Files(), Keep));
            }
        }

        Assert.Equal(1, _made);
        TextSelection.Read(tuning with { Splits = tuning.Splits with { Seed = 4 } }, Files(), Keep);
        Assert.Equal(2, _made);
    }

    [Fact]
    public void Read_LabelsOfKeptTexts_AreThoseOfTheData()
    {
        var declared = _jobs.Labelled("yes", "no, ", "\U0001F98A");
        var data = declared with { Dataset = (TextDatasetSpec)declared.Dataset with { Labels = null } };
        for (int time = 0; time < 2; time++)
        {
            var read = TextSelection.Read(TextDefaults.Fill(data, trains: false), Files(), Keep);
            AssertEqual(TextSelection.Read(TextDefaults.Fill(data, trains: false), Files()), read);
            Assert.Equal(["no, ", "yes", "\U0001F98A"], read.Labels!.Names);
        }

        Assert.Equal(1, _made);
    }

    [Fact]
    public void Read_RecordsBehindTheLastUsedOne_AreNotReadAgain()
    {
        var data = TextDefaults.Fill(_jobs.Texts() with { Splits = new SplitsSpec { Seed = 1, Shares = [1, 0, 0] }, Count = 1 }, trains: false);
        var whole = TextSelection.Read(data, Files(), Keep);
        // The same data set, as the key says, whose end is no text any more.
        var file = ((TextDatasetSpec)data.Dataset).Files[0];
        string path = Path.Combine(data.Dataset.Location, file.Path);
        string first = File.ReadLines(path).First();
        File.WriteAllText(path, $"{first}\n{{\n");
        string changed = Digest.Hex(Digest.Of(File.ReadAllBytes(path)));
        var other = data with { Dataset = (TextDatasetSpec)data.Dataset with { Files = [file with { Sha256 = changed }] } };

        var read = TextSelection.Read(other, Files(), (_, _) => _kept.Values.Single());
        Assert.Equal(whole.Records.Select(record => record.ToString()), read.Records.Select(record => record.ToString()));
        Assert.Throws<DataException>(() => { TextSelection.Read(other, Files(), Keep); });
        Assert.Single(_kept);
    }

    [Fact]
    public void Run_TwoJobsOnADataSet_KeepItsSplitsOnce()
    {
        _jobs.Complete("first", new PreparationSpec { Data = _jobs.Texts(), Tokenizer = TinyLanguage.Tokenizer });
        var validation = _jobs.Complete("second", new PreparationSpec { Data = _jobs.Texts(Split.Validation), Tokenizer = TinyLanguage.Tokenizer });
        string folder = Path.Combine(_folder.Path, "cache", "splits");
        File.Delete(Assert.Single(Directory.GetFiles(folder, "*.safetensors")));
        Assert.Equal(validation.Metrics, _jobs.Complete("third", new PreparationSpec { Data = _jobs.Texts(Split.Validation), Tokenizer = TinyLanguage.Tokenizer }).Metrics);
        Assert.Single(Directory.GetFiles(folder, "*.safetensors"));
    }

    private static void AssertEqual(TextSelection expected, TextSelection actual)
    {
        Assert.Equal(expected.Records.Select(record => record.ToString()), actual.Records.Select(record => record.ToString()));
        Assert.Equal(Enumerable.Range(0, expected.Splits.Records).Select(record => expected.Splits[record]), Enumerable.Range(0, actual.Splits.Records).Select(record => actual.Splits[record]));
        Assert.Equal((expected.Splits.Distinct, expected.Fingerprint), (actual.Splits.Distinct, actual.Fingerprint));
        Assert.All((Split[])[Split.Tuning, Split.Validation, Split.Test], split => Assert.Equal(expected.Splits.Size(split), actual.Splits.Size(split)));
        Assert.Equivalent(expected.Counts, actual.Counts, strict: true);
        Assert.Equal(expected.Labels?.Names, actual.Labels?.Names);
    }

    private DatasetFiles Files() => new(Path.Combine(_folder.Path, "files"), open: null);

    private int[] Keep(string key, Func<int[]> make)
    {
        if (_kept.TryGetValue(key, out int[]? kept)) return kept;
        kept = make();
        _made++;
        return _kept[key] = kept;
    }
}
