using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Silo.Configuration;

namespace Ptune.Silo.Admission;

/// <summary>Where callers need a key: that the folders which a spec names lie below <see cref="DataOptions.Roots"/>. A link that leads out of them counts as what it leads to.</summary>
internal sealed class RootsCheck(HttpOptions http, DataOptions data)
{
    public IEnumerable<SpecProblem> Check(Spec spec, SpecPositions positions)
    {
        if (!http.RequiresAccess) return [];
        return from folder in Folders(spec)
               where !IsBelow(folder.Location)
               select positions.Problem(folder.Path, $"'{folder.Location}' is a folder of the server, and lies below none that specs may read.",
                   data.Roots.Length == 0 ? "Send texts and tokenizers with 'ptune submit --upload'; for other files the server's setting Data:Roots has to name a folder above them." : $"Use a folder below {string.Join(" or ", data.Roots)}, or send texts and tokenizers with 'ptune submit --upload'.");
    }

    private static IEnumerable<(string Path, string Location)> Folders(Spec spec)
    {
        foreach (var set in SpecData.All(spec).Where(set => IsFolder(set.Dataset.Location))) yield return ($"{set.Path}.location", set.Dataset.Location);
        foreach (var (path, tokenizer) in SpecTokenizers.Of(spec).Where(named => IsFolder(named.Tokenizer.Location))) yield return ($"{path}.location", tokenizer.Location);
        if (spec is ImportSpec { From: FolderSource { Path: var folder } }) yield return ("from.path", folder);
        if (spec is LanguageStudySpec study)
            foreach (var (name, model) in study.Models)
                if (model.Source() is FolderSource { Path: var checkpoint }) yield return ($"models.{name}.from", checkpoint);
    }

    private static bool IsFolder(string location) => location != IDatasetSpec.Uploads && !DatasetAddress.IsAddress(location);

    private bool IsBelow(string location)
    {
        if (location.Contains('\0')) return false;
        var (real, named) = (Real(location), Path.GetFullPath(location));
        return data.Roots.Any(root => Below(real, Real(root)) && (Below(named, Path.GetFullPath(root)) || Below(named, Real(root))));
    }

    private static bool Below(string path, string root) => path == root || path.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>The path with every link on it followed. What is not there, on a silo that does not see the workers' disks, stays as it is written.</summary>
    private static string Real(string path)
    {
        var real = "/";
        foreach (var part in Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            try
            {
                real = new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real;
            }
            catch (IOException)
            {
                // Links that lead in a circle lead nowhere.
                return "/";
            }
        }
        return real;
    }
}
