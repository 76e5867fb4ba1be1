namespace Ptune.Contracts.Tests.Specs;

internal static class LanguageStudySamples
{
    public const string Study = """
        apiVersion: ptune/v1
        kind: TransferStudy
        name: sample
        datasets:
          speeches:
            kind: text
            name: Speeches
            location: /data
            files: [ { path: speeches.jsonl, sha256: 0000000000000000000000000000000000000000000000000000000000000000 } ]
          king-james:
            kind: text
            name: King James
            location: /data
            files: [ { path: king-james.jsonl, sha256: 1111111111111111111111111111111111111111111111111111111111111111 } ]
            fields: { text: verse }
        maxTokens: 128
        models:
          small@v1:
            architecture: { kind: llama, layers: 3, width: 96, heads: 4, context: 256 }
            tokenizer: { location: /data, file: { path: tokenizer.json, sha256: 2222222222222222222222222222222222222222222222222222222222222222 }, vocabulary: 2000 }
            pretraining: { data: speeches, count: 500, recipe: { steps: 20, batchTokens: 1024 } }
          small@v2:
            updates: small@v1
            pretraining: { data: speeches, recipe: { steps: 10 } }
          stored@v1:
            artifact: other@v3
        sources: [small@v1]
        targets: [small@v2, stored@v1]
        tuning: { data: king-james, count: 200, recipe: { steps: 5, learningRate: 0.002 } }
        methods:
          - bare
          - full
          - { kind: lora, rank: 4 }
          - { kind: patched, lora: { rank: 4 }, targets: [small@v2] }
          - retrained
        tasks:
          - { kind: bitsPerByte, data: king-james }
          - { kind: bitsPerByte, name: forgetting, data: speeches, count: 50 }
        seeds: [1, 2]
        generations: { prompts: [And the king, My fellow citizens], maxTokens: 12 }
        """;

    public static string With(string line, string replacement)
    {
        Assert.Contains(line, Study, StringComparison.Ordinal);
        return Study.Replace(line, replacement, StringComparison.Ordinal);
    }
}
