using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Studies;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>Models of a study that come from a folder or the hub.</summary>
public sealed class StudyCheckpointSpecTests
{
    private const string Sha = "3333333333333333333333333333333333333333333333333333333333333333";

    [Fact]
    public void Read_RelativeFolder_IsTheClients()
    {
        var reading = SpecReader.Read(Written("from: ../models/smol"), "/srv/ann/specs");

        Assert.Empty(reading.Problems);
        var model = ((LanguageStudySpec)reading.Spec!).Models["stored@v1"];
        Assert.Equal(("/srv/ann/models/smol", true), (model.From, model.IsUndeclaredFolder()));
    }

    [Fact]
    public void Plan_FolderAndHub_AreImportedUnderTheirNames()
    {
        var folder = Plan(Study($"from: 'uploads:', files: [ {{ path: config.json, sha256: {Sha} }} ], licence: MIT"));
        var hub = Plan(Study("from: 'hf:HuggingFaceTB/SmolLM2-135M@0123456789012345678901234567890123456789'"));

        var import = folder.Plan.Jobs.Single(job => job.Key == "import/stored@v1");
        var spec = Assert.IsType<ImportSpec>(import.Spec);
        Assert.Equal(("stored@v1", "MIT", Sha), (import.Alias, spec.Licence, Assert.Single(Assert.IsType<UploadedSource>(spec.From).Files).Sha256));
        Assert.Equal(InputRef.ToJob(import.JobId), ((FineTuningSpec)folder.Plan.Jobs.Single(job => job.Key == "learnt/retrained/stored@v1/1").Spec).Base);
        Assert.Equal(new HubSource { Repository = "HuggingFaceTB/SmolLM2-135M", Revision = "0123456789012345678901234567890123456789" }, ((ImportSpec)hub.Plan.Jobs.Single(job => job.Key == "import/stored@v1").Spec).From);
        Assert.NotEqual(folder.Plan.StudyId, hub.Plan.StudyId);
    }

    /// <summary>What a folder holds decides, not where it lies; another file is another study.</summary>
    [Fact]
    public void Plan_SameFilesElsewhere_IsTheSameStudy()
    {
        string Of(string from, string sha) => Plan(Study($"from: {from}, files: [ {{ path: config.json, sha256: {sha} }} ]")).Plan.StudyId;

        Assert.Equal(Of("/one", Sha), Of("/two", Sha));
        Assert.NotEqual(Of("/one", Sha), Of("/one", Sha.Replace('3', '4')));
    }

    [Theory]
    [InlineData("from: smol, artifact: other@v3", "", "The model is both taken from the store and made by the study.")]
    [InlineData("from: smol, updates: small@v1", "", "The model is both imported and pretrained.")]
    [InlineData("artifact: other@v3, licence: MIT", null, null)]
    [InlineData("licence: MIT, updates: small@v1, pretraining: { data: speeches, recipe: { steps: 1 } }", ".licence", "This belongs to a checkpoint that is imported.")]
    [InlineData("from: 'hf:nobody'", ".from", "'nobody' cannot be a repository's name.")]
    [InlineData("from: 'hf:a/b@..'", ".from", "'..' cannot be a commit, tag or branch.")]
    [InlineData("from: 'uploads:'", ".files", "Which of the uploaded files are the model's is not said.")]
    [InlineData("from: smol, files: [ { path: ../config.json, sha256: 3333333333333333333333333333333333333333333333333333333333333333 } ]", ".files[0].path", null)]
    public void Read_Mistake_IsNamed(string model, string? path, string? message)
    {
        var problems = SpecReader.Read(Written(model), "/srv").Problems;
        if (path is null)
        {
            Assert.Empty(problems);
            return;
        }
        var problem = Assert.Single(problems);
        Assert.Equal($"models.stored@v1{path}", problem.Path);
        if (message is not null) Assert.Equal(message, problem.Message);
    }

    private static string Written(string model) => LanguageStudySamples.With("  stored@v1:\n    artifact: other@v3", $"  stored@v1: {{ {model} }}");

    private static LanguageStudySpec Study(string model) => Assert.IsType<LanguageStudySpec>(SpecReader.Read(Written(model)).Spec);

    private static LanguageStudyPlan Plan(LanguageStudySpec study) => LanguageStudyPlanner.Plan(JobIds.DefaultTenant, study, new Dictionary<string, string>());
}
