namespace Ptune.Cli.Tests.Support;

/// <summary>A study of language models to hand to the client: the spec lies in one folder, its data in another beside it.</summary>
internal static class LanguageSpecs
{
    /// <summary>The line at which the location of the data set 'speeches' stands in the file.</summary>
    public const int LineOfSpeechesLocation = 9;

    public static string Study(Client client, bool hasFiles = true)
    {
        foreach (var folder in new[] { "data", "specs" }) Directory.CreateDirectory(Path.Combine(client.Folder, folder));
        foreach (var file in new[] { "speeches.jsonl", "king-james.jsonl", "tokenizer.json" })
            if (hasFiles) client.Write(Path.Combine("data", file), "{}\n");
        return client.Write(Path.Combine("specs", "language.yaml"), $$"""
            # A comment, so that lines are counted.
            apiVersion: ptune/v1
            kind: TransferStudy
            name: language
            datasets:
              speeches:
                kind: text
                name: Speeches
                location: ../data
                files: [ { path: speeches.jsonl, sha256: {{new string('0', 64)}} } ]
              king-james:
                kind: text
                name: King James
                location: ../data
                files: [ { path: king-james.jsonl, sha256: {{new string('1', 64)}} } ]
                fields: { text: verse }
            models:
              small@v1:
                architecture: { kind: llama, layers: 2, width: 32 }
                tokenizer: { location: ../data, file: { path: tokenizer.json, sha256: {{new string('2', 64)}} }, vocabulary: 300 }
                pretraining: { data: speeches, recipe: { steps: 3 } }
            sources: [small@v1]
            tuning: { data: king-james, recipe: { steps: 2 } }
            methods: [bare, { kind: lora, rank: 4 }]
            tasks:
              - { kind: bitsPerByte, data: king-james }
              - { kind: bitsPerByte, data: speeches, name: forgetting }
            seeds: [1, 2]
            generations: { prompts: [And the king, My fellow citizens, '<b>'], maxTokens: 8 }
            """);
    }
}
