using Ptune.Tensors.Bench;
using Ptune.Tokenizing.Bench;

// ptune tokenize of a large JSON Lines file: bench/tokenizing/run [FOLDER|-] [megabytes] [rounds]
string root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));
string model = args.Length > 0 && args[0] != "-" ? args[0] : Path.Combine(root, "tests", "fixtures", "tokenizers", "smollm2");
long megabytes = args.Length > 1 ? long.Parse(args[1]) : 100;
int rounds = args.Length > 2 ? int.Parse(args[2]) : 3;
string work = Directory.CreateTempSubdirectory("ptune-tokenizing-").FullName;
try
{
    string file = Path.Combine(work, "texts.jsonl");
    Texts.Write(file, root, megabytes * 1_000_000);
    Console.WriteLine($"{Environment.ProcessorCount} cores; {new FileInfo(file).Length / 1e6:F0} MB of JSON Lines; median (min, max) of {rounds} runs, the program's start included");
    var runs = Enumerable.Range(0, rounds).Select(_ => Run.Of(model, file)).ToList();
    Console.WriteLine($"  {runs[0].Lines:N0} lines, {runs[0].Tokens:N0} tokens");
    Console.WriteLine($"  tokens/s   {Spread.Of(runs.Select(run => run.Tokens / run.Seconds)).ToString(1e-3, "F0")} thousand");
    Console.WriteLine($"  MB/s       {Spread.Of(runs.Select(run => new FileInfo(file).Length / run.Seconds)).ToString(1e-6, "F1")}");
    foreach (var (name, from, to) in new[] { ("second", 0.1, 0.2), ("fifth", 0.4, 0.5), ("last", 0.9, 1.0) })
        Console.WriteLine($"  memory in the {name} tenth of a run   {Spread.Of(runs.Select(run => Spread.Of(run.Memory.Take((int)(to * run.Memory.Count)).Skip((int)(from * run.Memory.Count))).Median)).ToString(1e-6, "F0")} MB");
    Console.WriteLine($"  the most memory   {Spread.Of(runs.Select(run => run.Memory.Max())).ToString(1e-6, "F0")} MB");
}
finally
{
    Directory.Delete(work, recursive: true);
}
