using System.Globalization;

namespace Ptune.Learning.Tests.Models.HuggingFace;

/// <summary>What /proc says of a process's mappings of a file, in kB.</summary>
/// <param name="Resident">Pages of it that are in memory.</param>
/// <param name="Private">Pages that this process holds a copy of, and shares with nobody.</param>
/// <param name="Shared">Pages that another process has in its memory, too.</param>
internal sealed record MappedFile(long Resident, long Private, long Shared)
{
    /// <param name="process">Its id; null: this one.</param>
    public static MappedFile Of(string path, int? process = null)
    {
        long resident = 0, copied = 0, shared = 0;
        bool counts = false;
        foreach (string line in File.ReadLines($"/proc/{process?.ToString(CultureInfo.InvariantCulture) ?? "self"}/smaps"))
        {
            // A mapping begins with its addresses and ends with its path; its figures follow, a name and a number each.
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!words[0].EndsWith(':')) counts = line.EndsWith(path, StringComparison.Ordinal);
            else if (counts && words[0] == "Rss:") resident += Number(words[1]);
            else if (counts && words[0] is "Private_Dirty:" or "Anonymous:") copied += counts ? Number(words[1]) : 0;
            else if (counts && words[0] is "Shared_Clean:" or "Shared_Dirty:") shared += counts ? Number(words[1]) : 0;
        }

        return new MappedFile(resident, copied, shared);
    }

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
