using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Silo.Admission;

namespace Ptune.Silo.Tests.Admission;

public sealed class ModelFolderCheckTests
{
    /// <summary>A server has no folder of the client's; files that are declared, the hub and the store are no matter of folders.</summary>
    [Theory]
    [InlineData("{ from: /models/smol }", true)]
    [InlineData("{ from: /models/smol, files: [ { path: config.json, sha256: 3333333333333333333333333333333333333333333333333333333333333333 } ] }", false)]
    [InlineData("{ from: 'hf:HuggingFaceTB/SmolLM2-135M' }", false)]
    [InlineData("{ artifact: smol@v1 }", false)]
    public void Check_Study_RefusesFoldersWhoseFilesAreNotDeclared(string model, bool isRefused)
    {
        var reading = SpecReader.Read($$"""
            apiVersion: ptune/v1
            kind: TransferStudy
            name: sample
            datasets:
              verses: { kind: text, name: Verses, location: /data, files: [ { path: verses.jsonl, sha256: {{new string('1', 64)}} } ] }
            models:
              smol@v2: {{model}}
            sources: [smol@v2]
            tuning: { data: verses }
            methods: [bare]
            tasks: [ { kind: bitsPerByte, data: verses } ]
            """);
        Assert.Empty(reading.Problems);

        var problems = ModelFolderCheck.Check(reading.Spec!, reading.Positions).ToArray();

        if (isRefused) Assert.Equal("models.smol@v2.from", Assert.Single(problems).Path);
        else Assert.Empty(problems);
    }
}
