using System.Globalization;

namespace Ptune.Fixtures.Data;

/// <summary>Small requests that ask for much work, each of a kind and as large as a body may be. None of them is a spec that can be used.</summary>
public static class HostileSpecs
{
    /// <summary>How long a reader may work on each of them; without bounds the mildest takes several times as long.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(3);

    /// <summary>How long an answer may be, in bytes.</summary>
    public const int MostAnswer = 300_000;

    private const string Job = "apiVersion: ptune/v1\nkind: NoOp\nname: x\n";

    private static readonly Dictionary<string, Func<string>> _made = new()
    {
        ["an alias as a key before its anchor"] = () => "*a : 1\nb: &a c\n",
        ["a key that contains itself"] = () => "? &a [*a]\n: 1\n",
        ["a value that contains itself"] = () => $"{Job}scheduling: &a {{ needs: *a }}\n",
        ["a nest of aliases as a key"] = () => $"{Nest(13)}? *n13\n: 1\n",
        ["a nest of aliases as a value"] = () => $"{Nest(26)}{Job}scheduling: *n26\n",
        ["a nest of lists of aliases as models"] = () => Study(models: "{}", targets: "[a@v1]", before: Nest(20), after: "shift: *n20\n"),
        ["long texts behind aliases"] = () => $"a: &a {new string('x', 15_000)}\n{Job}list: [{Repeat(100_000, _ => "*a")}]\n",
        ["a key of 100,000 characters with 3,000 keys below it"] = () => $"{Job}scheduling:\n  needs:\n    labels:\n      ? {new string('k', 100_000)}\n      : {{ {Repeat(3_000, i => $"u{i}: 1")} }}\n",
        ["a model with a long name and many unknown keys"] = () => Study(models: $"{{ ? {new string('k', 100_000)} : {{ {Repeat(60_000, i => $"u{i}: 1")} }} }}"),
        ["long names of models with unknown keys"] = () => Study(models: $"{{ {Repeat(1_800, i => $"{new string('k', 190)}{i}: {{ {Repeat(20, k => $"u{k}: 1")} }}")} }}"),
        ["95,000 unknown keys"] = () => Job + string.Concat(Enumerable.Range(0, 95_000).Select(i => $"u{i}: 1\n")),
        ["repeated keys"] = () => Job + string.Concat(Enumerable.Repeat("seed: 1\n", 100_000)),
        ["60,000 seeds that are not numbers"] = () => Study(seeds: Repeat(60_000, _ => "a")),
        ["20,000 seeds that are not numbers"] = () => Study(seeds: Repeat(20_000, _ => "a")),
        ["20,000 equal seeds"] = () => Study(seeds: Repeat(20_000, _ => "1")),
        ["20,000 seeds"] = () => Study(seeds: Repeat(20_000, i => $"{i}")),
        ["2,000 seeds"] = () => Study(seeds: Repeat(2_000, i => $"{i}")),
        ["45,000 labels"] = () => Study(labels: Repeat(45_000, i => $"l{i}")),
        ["100,000 labels"] = () => Study(labels: Repeat(100_000, i => $"l{i}")),
        ["45,000 equal labels"] = () => Study(labels: Repeat(45_000, _ => "l")),
        ["a misspelt name of 10,000 characters"] = () => Study(models: $"{{ ? {new string('m', 10_000)} : {{}} }}", targets: $"[{Repeat(90, i => new string('m', 9_990) + i)}]"),
        ["misspelt keys of 10,000 characters"] = () => Job + string.Concat(Enumerable.Range(0, 90).Select(i => $"? {new string('n', 10_000)}{i}\n: 1\n")),
        ["2,000 models and 2,000 unknown targets"] = () => Study(models: Models(2_000), targets: $"[{Repeat(2_000, i => $"target-number-{i}@v2")}]"),
        ["250 models and 250 misspelt targets"] = () => Study(models: Models(250), targets: $"[{Repeat(250, i => $"model-nmuber-{i:d4}@v1")}]"),
        ["9,000 models from nowhere"] = () => Study(models: Models(9_000, "{}")),
        ["character classes nested 150,000 deep"] = () => Rules($"{{ pattern: '{string.Concat(Enumerable.Repeat("[a-", 150_000))}', action: doNotRetry }}"),
        ["groups nested 400,000 deep"] = () => Rules($"{{ pattern: '{new string('(', 400_000)}', action: doNotRetry }}"),
        ["a pattern within the limit of values"] = () => Rules($"{{ pattern: '{string.Concat(Enumerable.Repeat("[a-", 6_000))}', action: doNotRetry }}"),
        ["25,000 rules"] = () => Rules(Repeat(25_000, _ => "{ pattern: 'x', action: doNotRetry }")),
        ["the most rules, each the longest and wrong"] = () => Rules(Repeat(20, _ => $"{{ pattern: '{string.Concat(Enumerable.Repeat("[a-", 166))}', action: doNotRetry }}")),
        ["the most rules, each as costly to compile as it may be"] = () => Rules(Repeat(20, i => $"{{ pattern: '{Costly(i)}', action: no }}")),
        ["2,000 labels of a worker"] = () => $"{Job}scheduling: {{ needs: {{ labels: {{ {Repeat(2_000, i => $"l{i}: x")} }} }} }}\n",
        ["a label's value of 40,000 characters"] = () => $"{Job}scheduling: {{ needs: {{ labels: {{ l: {new string('x', 40_000)} }} }} }}\n",
        ["a label's value of 15,000 characters"] = () => $"{Job}scheduling: {{ needs: {{ labels: {{ l: {new string('x', 15_000)} }} }} }}\n",
        ["lists nested without end"] = () => new string('[', 900_000),
        ["maps nested without end"] = () => string.Concat(Enumerable.Repeat("{a: ", 200_000)),
        ["lists nested by lines"] = () => string.Concat(Enumerable.Repeat("- ", 450_000)),
        ["keys nested without end"] = () => string.Concat(Enumerable.Repeat("? ", 450_000)),
        ["80,000 anchors"] = () => $"{Job}a: [{Repeat(80_000, i => $"&a{i} 1")}]\n",
        ["an anchor of 900,000 characters"] = () => $"{Job}a: &{new string('a', 900_000)} 1\n",
        ["a tag of 900,000 characters"] = () => $"{Job}a: !<{new string('a', 900_000)}> 1\n",
        ["40,000 directives"] = () => string.Concat(Enumerable.Range(0, 40_000).Select(i => $"%TAG !a{i}! b{i}\n")) + "---\n" + Job + "seeds: 1\n",
        ["100,000 documents"] = () => string.Concat(Enumerable.Repeat("---\n- a\n", 100_000)),
        ["100,000 empty documents"] = () => string.Concat(Enumerable.Repeat("---\n", 240_000)) + "--- [\n",
        ["900,000 spaces and a bracket"] = () => $"{Job}a: {new string(' ', 900_000)}[",
        ["900,000 line breaks in quotes"] = () => $"{Job}name: \"{new string('\n', 900_000)}\"",
        ["a name of one word of 900,000 characters"] = () => $"apiVersion: ptune/v1\nkind: NoOp\nname: {new string('x', 900_000)}\n",
        ["control characters"] = () => $"{Job}{Repeat(40_000, i => $"\"\\e[2J\\u202e{i}\": 1", "\n")}\n",
        ["an indentation of its own for each line"] = () => string.Concat(Enumerable.Range(0, 1_300).Select(i => $"{new string(' ', i)}a:\n")),
        ["a grid of more trials than a number holds"] = () => Sweep($"method: grid\nvary: {{ {Repeat(12, i => $"{Paths[i % Paths.Length]}{(i < Paths.Length ? "" : i)}: {{ values: [{Repeat(999, v => $"{v + 1}")}] }}")} }}\n"),
        ["a grid with one value that does not fit"] = () => Sweep($"method: grid\nvary: {{ recipe.epochs: {{ values: [{Repeat(1_000, v => $"{v + 1}")}] }}, recipe.batchSize: {{ values: [{Repeat(1_000, v => $"{v + 1}")}] }}, seed: {{ values: [{Repeat(1_000, v => $"{v + 1}")}] }}, recipe.warmup: {{ values: [two] }} }}\n"),
        ["10,000 trials of which the last ones are wrong"] = () => Sweep($"method: grid\nvary: {{ architecture.dim: {{ values: [{Repeat(99, v => $"{4 * (v + 1)}")}, 397] }}, recipe.batchSize: {{ values: [{Repeat(100, v => $"{v + 1}")}] }} }}\n"),
        ["5,000 paths to vary"] = () => Sweep($"method: grid\nvary: {{ {Repeat(5_000, i => $"recipe.epochz{i}.{new string('x', 150)}: {{ values: [1] }}")} }}\n"),
        ["200 steps in a path"] = () => Sweep($"method: grid\nvary: {{ {string.Join('.', Enumerable.Repeat("recipe", 28))}: {{ values: [1] }} }}\n"),
        ["half a surrogate pair"] = () => $"{Job}scheduling: {{ pool: \"\\ud800\" }}\n",
        ["a NUL"] = () => Study(location: "\"/data\\0\""),
    };

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => _made.Keys;

    private static string[] Paths => ["recipe.epochs", "recipe.batchSize", "recipe.learningRate", "recipe.weightDecay", "recipe.warmup", "seed", "architecture.depth", "data.count"];

    /// <summary>The document of that name.</summary>
    public static string Text(string name) => _made[name]();

    /// <summary>Lines of which each holds ten times what the one before holds.</summary>
    private static string Nest(int lines) => string.Concat(Enumerable.Range(0, lines + 1)
        .Select(i => i == 0 ? "n0: &n0 [x,x,x,x,x,x,x,x,x,x]\n" : $"n{i}: &n{i} [{Repeat(10, _ => $"*n{i - 1}")}]\n"));

    private static string Models(int count, string model = "{ artifact: other@v1 }") => $"{{ {Repeat(count, i => $"model-number-{i:d4}@v1: {model}")} }}";

    /// <summary>Counted loops in loops, classes of all letters, alternatives with the same beginnings, back-references.</summary>
    private static string Costly(int kind) => (kind % 4) switch
    {
        0 => string.Concat(Enumerable.Repeat("(", 60)) + "x" + string.Concat(Enumerable.Repeat("{9})", 60)),
        1 => "(?i)" + string.Concat(Enumerable.Repeat(@"[\p{L}\w-[aeiou]]+", 24)),
        2 => "(" + string.Join('|', Enumerable.Range(0, 100).Select(i => $"a*{i}")) + "){1,99}",
        _ => @"(.*)*\1" + string.Concat(Enumerable.Repeat(@"(.*)*\1", 60)),
    };

    private static string Rules(string rules) => $"{Job}scheduling:\n  logRules: [{rules}]\n";

    private static string Study(
        string models = "{ a@v1: { artifact: other@v1 } }", string targets = "[b@v1]", string seeds = "1", string labels = "even, odd", string location = "/data", string before = "", string after = "") =>
        $"""
        {before}apiVersion: ptune/v1
        kind: TransferStudy
        name: x
        dataset: {Dataset(labels, location)}
        models: {models}
        source: a@v1
        targets: {targets}
        seeds: [{seeds}]
        {after}
        """;

    private static string Sweep(string lines) =>
        $$"""
        apiVersion: ptune/v1
        kind: Sweep
        name: x
        job:
          kind: Pretraining
          data: { split: pretraining, dataset: {{Dataset(Repeat(256, i => $"{new string('l', 90)}{i}"), "/data")}} }
          architecture: { kind: vit, dim: 64 }
          recipe: { epochs: 2 }
        {{lines}}
        """;

    private static string Dataset(string labels, string location)
    {
        var file = $"{{ path: f, sha256: {new string('a', 64)} }}";
        return $"{{ name: d, location: {location}, labels: [{labels}], files: {{ trainImages: {file}, trainLabels: {file}, testImages: {file}, testLabels: {file} }} }}";
    }

    private static string Repeat(int count, Func<int, string> item, string separator = ", ") =>
        string.Join(separator, Enumerable.Range(0, count).Select(i => item(i).ToString(CultureInfo.InvariantCulture)));
}
