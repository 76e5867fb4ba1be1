using System.Runtime.Loader;
using Ptune.Contracts.Specs;
using Ptune.Fixtures.Extension;

#pragma warning disable CA1050 // .NET looks for a type of this name outside of any namespace.

/// <summary>Runs in each program before its own first line, and adds one line for each thing that is new.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        Variants.Add<StudyMethod, InterpolatedStudyMethod>("interpolated");
        Variants.Add<StudyTask, KnownTextsStudyTask>("knownTexts");
        Variants.Add<TaskSpec, KnownTextsTask>("knownTexts");
        Variants.Add<ArchitectureSpec, UngatedSpec>("ungated");
        TextFormats.Add(JoinedText.Format, JoinedText.Known);
        TextFileEndings.Add(".tsv");
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "Ptune.Learning.dll"))) return;
        var worker = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.ChangeExtension(typeof(StartupHook).Assembly.Location, "Worker.dll"));
        worker.GetType("Ptune.Fixtures.Extension.WorkerParts", throwOnError: true)!.GetMethod("Add")!.Invoke(null, null);
    }
}
