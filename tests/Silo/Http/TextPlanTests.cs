using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

/// <summary>What a plan says of language models, and what is checked of their data on the way.</summary>
public sealed class TextPlanTests(RunningServer running) : IDisposable
{
    private const string Good = "{\"text\": \"And the king said\"}\n";

    private readonly TemporaryFolder _folder = new("plan");

    private static TransformerShape Small => FreshShapes.Of(new LlamaSpec { Layers = 2, Width = 32, Context = 64 }, 300);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Plan_StudyOfAModelThatIsPretrained_EstimatesMemoryAndDiskOfItsJobs()
    {
        using var client = running.NewTenant();
        var data = new TextData(_folder);
        data.Write("tokenizer.json", "{}");
        var plan = await client.PostAsync<PlanView>(Routes.Plan, data.Study(data.Write("a.jsonl", Good), data.Write("b.jsonl", Good), "tokenizer.json"));

        // Paired tests are made of figures, without a model.
        Assert.All(plan.Jobs, job => Assert.True(job.Kind == "Comparison" ? job.MemoryBytes == MemoryEstimate.Process : job.MemoryBytes > MemoryEstimate.Process, $"{job.Name}: {job.MemoryBytes}"));
        Assert.All(plan.Jobs, job => Assert.Null(job.Seconds));
        Assert.Equal(Small.Parameters * 28, Assert.Single(plan.Jobs, job => job.Kind == "Pretraining").DiskBytes);
        Assert.Equal(Small.LoraParameters(4) * 28, Assert.Single(plan.Jobs, job => job.Kind == "FineTuning").DiskBytes);
        // What an evaluation writes is not known before one has run.
        Assert.All(plan.Jobs.Where(job => job.Kind == "Evaluation"), job => Assert.Null(job.DiskBytes));
    }

    /// <summary>The study pretrains on the first data set, tunes on the second and asks about it and the first.</summary>
    [Fact]
    public async Task Plan_DataSetsThatShareTexts_AreCounted()
    {
        using var client = running.NewTenant();
        var data = new TextData(_folder);
        data.Write("tokenizer.json", "{}");
        var first = data.Write("a.jsonl", Good + "{\"text\": \" and it came to pass \"}\n\n{\"text\": \"a third one\"}\n");
        var study = data.Study(first, data.Write("b.jsonl", "{\"text\": \"and it came to pass\", \"n\": 1}\n" + Good), "tokenizer.json").Replace("data: second, count: 10", "data: first, count: 10", StringComparison.Ordinal);

        var warnings = (await client.PostAsync<PlanView>(Routes.Plan, study)).Warnings;
        Assert.Equal("2 of the 3 records of first, which a task asks about, are also records of second, which the study tunes on, and each data set is split by itself. Write 'splits: { by: content }'.", Assert.Single(warnings!));
        Assert.Null((await client.PostAsync<PlanView>(Routes.Plan, $"splits: {{ by: content }}\n{study}")).Warnings);
    }

    /// <summary>What cannot be counted is said, not passed over.</summary>
    [Fact]
    public async Task Plan_ParquetThatMayShareRecords_IsSaidToBeUncounted()
    {
        using var client = running.NewTenant();
        var data = new TextData(_folder);
        data.Write("tokenizer.json", "{}");
        var study = data.Study(data.Write("a.jsonl", Good), data.Write("b.parquet", "PAR1x\u0001\0\0\0PAR1"), "tokenizer.json").Replace("data: second, count: 10", "data: first, count: 10", StringComparison.Ordinal);

        var warning = Assert.Single((await client.PostAsync<PlanView>(Routes.Plan, study)).Warnings!);

        Assert.Equal("Whether records of first, which a task asks about, are also records of second, which the study tunes on, is not counted: second is Parquet, which only workers read. With 'splits: { by: content }' no text lies in two splits.", warning);
        Assert.Null((await client.PostAsync<PlanView>(Routes.Plan, $"splits: {{ by: content }}\n{study}")).Warnings);
    }

    /// <summary>Records of plain text are cut as the workers cut them, packed or not.</summary>
    [Theory]
    [InlineData("b.txt", "paragraph", "And the king said\r\n\r\nand it came\r\nto pass\n \n\nelse\n", 2)]
    [InlineData("b.txt.gz", "line", "And the king said\nand it came\nto pass\n", 1)]
    [InlineData("b.txt", "file", "  And the king said\n", 1)]
    public async Task Plan_PlainTextThatSharesRecords_IsCounted(string name, string unit, string text, int shared)
    {
        using var client = running.NewTenant();
        var data = new TextData(_folder);
        data.Write("tokenizer.json", "{}");
        var first = data.Write("a.jsonl", Good + "{\"text\": \"and it came\\nto pass\"}\n{\"text\": \"a third one\"}\n");
        var study = data.Study(first, data.Write(name, text), "tokenizer.json").Replace("data: second, count: 10", "data: first, count: 10", StringComparison.Ordinal)
            .Replace("name: Second,", $"name: Second, records: {unit},", StringComparison.Ordinal);

        var warning = Assert.Single((await client.PostAsync<PlanView>(Routes.Plan, study)).Warnings!);

        Assert.StartsWith($"{shared} of the 3 records of first, which a task asks about, are also records of second", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_TuningOfAModelInTheStore_IsEstimatedFromItsManifest()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var data = new TextData(_folder);
        var pool = Made.PoolOf(client);
        var file = data.Write("a.jsonl", Good);
        await client.PostAsync<JobView>(Routes.Jobs, data.Pretraining(pool, file));
        var figures = new Dictionary<string, double>(ShapeMetrics.Of(Small)) { [MetricNames.Parameters] = Small.Parameters, [MetricNames.Vocabulary] = 300 };
        var model = await worker.CompleteAsync(await worker.AcquireAsync(pool), ArtifactKind.Model, metrics: figures);
        await Eventually.ValueAsync("the artifact's row stands", () => client.GetAsync($"/v1/artifacts/{model.Digest}"), answer => answer.IsSuccessStatusCode);

        var row = Assert.Single((await client.PostAsync<PlanView>(Routes.Plan, data.Tuning(pool, file, model.Digest))).Jobs);
        Assert.Equal(Small.LoraParameters(4) * 28, row.DiskBytes);
        Assert.True(row.MemoryBytes > MemoryEstimate.Process);
        // The job is queued with what its plan said.
        Assert.Equal(row.MemoryBytes, (await client.PostAsync<JobView>(Routes.Jobs, data.Tuning(pool, file, model.Digest))).EstimatedMemoryBytes);
    }

    [Fact]
    public async Task Plan_ModelWithoutFigures_ShowsNoEstimate()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var data = new TextData(_folder);
        var model = await Made.ModelAsync(client, worker, "opaque");
        var row = Assert.Single((await client.PostAsync<PlanView>(Routes.Plan, data.Tuning(Made.PoolOf(client), data.Write("a.jsonl", Good), model.Digest))).Jobs);
        Assert.Equal((null, null, null), (row.Seconds, row.MemoryBytes, row.DiskBytes));
    }

    [Fact]
    public async Task Plan_TextJobs_TakeTimeByStepsTokensAndParameters()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var data = new TextData(_folder);
        var pool = Made.PoolOf(client);
        var file = data.Write("a.jsonl", Good);
        await client.PostAsync<JobView>(Routes.Jobs, data.Pretraining(pool, file));
        // The hand says that it took one second.
        await worker.CompleteAsync(await worker.AcquireAsync(pool), ArtifactKind.Model);

        Assert.Equal(3, (await PlanAsync(client, data.Pretraining(pool, file, steps: 30))).Seconds!.Value, 6);
        // Sixteen times the parameters are another class, of which nothing has finished.
        Assert.Null((await PlanAsync(client, data.Pretraining(pool, file, width: 256))).Seconds);
    }

    [Fact]
    public async Task Submit_WrongRecordsOfAnyDataSet_AreRefusedWhereTheSpecNamesThem()
    {
        using var client = running.NewTenant();
        await using var worker = await HandWorker.ConnectAsync(running);
        var data = new TextData(_folder);
        var good = data.Write("good.jsonl", Good);
        var bad = data.Write("bad.jsonl", "{\"verse\": \"And the king said\"}\n");

        using var study = await client.PostAsync(Routes.Studies, data.Study(good, bad, "gone.json"));
        Assert.Equal(["datasets.second.files[0].path", "models.small@v1.tokenizer.file.path"], (await Problem.SpecErrorsAsync(study)).Select(p => p.Path).Order(StringComparer.Ordinal));

        var model = await Made.ModelAsync(client, worker, "base");
        var mix = $"mix: {{ data: {{ dataset: {{ kind: text, name: General, location: '{_folder.Location}', files: [ {bad} ] }}, split: tuning }} }}";
        using var tuning = await client.PostAsync(Routes.Jobs, data.Tuning("idle", good, model.Digest, mix));
        var problem = Assert.Single(await Problem.SpecErrorsAsync(tuning));
        Assert.Equal("mix.data.dataset.files[0].path", problem.Path);
        Assert.Contains("bad.jsonl', line 1: There is no field 'text'. The record has: verse.", problem.Message, StringComparison.Ordinal);
        Assert.Contains("fields: { text: NAME }", problem.Fix, StringComparison.Ordinal);

        using var pretraining = await client.PostAsync(Routes.Jobs, data.Pretraining("idle", good, tokenizer: ""));
        Assert.Equal("tokenizer.file.path", Assert.Single(await Problem.SpecErrorsAsync(pretraining)).Path);
    }

    private static async Task<PlanRow> PlanAsync(TenantClient client, string spec) => Assert.Single((await client.PostAsync<PlanView>(Routes.Plan, spec)).Jobs);
}
