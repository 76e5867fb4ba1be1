using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Storage.Files;

namespace Ptune.Silo.Admission;

/// <summary>What is checked of texts before a worker is taken: that their files are there and can be read.</summary>
internal static class TextFilesCheck
{
    public static IReadOnlyList<SpecProblem> Check(IDatasetSpec dataset, string folder, string path, SpecPositions positions)
    {
        var problems = new List<SpecProblem>();
        foreach (var (key, declared) in dataset.Declared())
        {
            var at = $"{path}.{key}.path";
            var file = Path.Combine(folder, declared.Path);
            try
            {
                using var content = RegularFile.Open(file);
                if (content.Length == 0) problems.Add(positions.Problem(at, $"'{file}' is empty.", "Name a file that holds records."));
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
            {
                problems.Add(positions.Problem(at, $"The file '{file}' does not exist.", "Put it there, or correct the path or the location."));
            }
            catch (NotARegularFileException e)
            {
                problems.Add(positions.Problem(at, e.Message, "Name a file."));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(positions.Problem(at, $"'{file}' cannot be read: {e.Message}", "Make it readable for the server's user."));
            }
        }
        return problems;
    }
}
