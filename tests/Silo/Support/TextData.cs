using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Ptune.Fixtures;

namespace Ptune.Silo.Tests.Support;

/// <summary>A folder with texts and a tokenizer's file, and specs that name them.</summary>
internal sealed class TextData(TemporaryFolder folder)
{
    /// <summary>Writes a file, packed where its name says so, and says how a spec declares it.</summary>
    public string Write(string name, string text)
    {
        using (var file = File.Create(folder.PathOf(name)))
        using (Stream content = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Compress) : file)
        {
            content.Write(Encoding.UTF8.GetBytes(text));
        }
        return $"{{ path: {name}, sha256: {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.PathOf(name))))} }}";
    }

    public string Pretraining(string pool, string file, int width = 32, long steps = 10, string tokenizer = "{}") => $$"""
        apiVersion: ptune/v1
        kind: Pretraining
        name: small
        architecture: { kind: llama, layers: 2, width: {{width}}, context: 64 }
        tokenizer: { location: '{{folder.Location}}', file: {{Write("tokenizer.json", tokenizer)}}, vocabulary: 300 }
        data:
          dataset: { kind: text, name: Texts, location: '{{folder.Location}}', files: [ {{file}} ] }
          split: tuning
          maxTokens: 64
        recipe: { steps: {{steps}}, batchTokens: 512 }
        scheduling: { pool: {{pool}} }

        """;

    public string Tuning(string pool, string file, string model, string more = "") => $$"""
        apiVersion: ptune/v1
        kind: FineTuning
        base: {{model}}
        method: { kind: lora, rank: 4 }
        data:
          dataset: { kind: text, name: Texts, location: '{{folder.Location}}', files: [ {{file}} ] }
          split: tuning
          maxTokens: 64
        recipe: { steps: 10, batchTokens: 512 }
        scheduling: { pool: {{pool}} }
        {{more}}

        """;

    public string Study(string first, string second, string tokenizer) => $$"""
        apiVersion: ptune/v1
        kind: TransferStudy
        name: study
        datasets:
          first: { kind: text, name: First, location: '{{folder.Location}}', files: [ {{first}} ] }
          second: { kind: text, name: Second, location: '{{folder.Location}}', files: [ {{second}} ] }
        maxTokens: 64
        models:
          small@v1:
            architecture: { kind: llama, layers: 2, width: 32, context: 64 }
            tokenizer: { location: '{{folder.Location}}', file: { path: {{tokenizer}}, sha256: {{new string('0', 64)}} }, vocabulary: 300 }
            pretraining: { data: first, recipe: { steps: 3 } }
        sources: [small@v1]
        tuning: { data: second, recipe: { steps: 2 } }
        methods: [bare, { kind: lora, rank: 4 }]
        tasks: [ { kind: bitsPerByte, data: second, count: 10 } ]
        seeds: [1]
        generations: { prompts: [And the king], maxTokens: 8 }

        """;
}
