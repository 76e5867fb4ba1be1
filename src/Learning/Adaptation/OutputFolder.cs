namespace Ptune.Learning.Adaptation;

/// <summary>A folder that is written into.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder where there is none.</summary>
    /// <exception cref="AdapterRefusedException">There is something in it: nothing is overwritten or mixed.</exception>
    public static void Claim(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new AdapterRefusedException($"{folder} exists and is not empty. Give a new folder, or empty it.");
        Directory.CreateDirectory(folder);
    }
}
