using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;

namespace Ptune.WebConsole.Parts;

/// <summary>Names and rules as people read them.</summary>
internal static class Texts
{
    public static string NameOf(JobRow row) => row.Name.Length > 0 ? row.Name : JobIds.Abbreviate(row.JobId);

    public static string Cause(FailureCause cause) => cause switch
    {
        FailureCause.OutOfMemory => "out of memory",
        FailureCause.Dependency => "a failed input",
        FailureCause.User => "asked for",
        FailureCause.Poison => "crashed every executor",
        FailureCause.Invalid => "wrong spec, data or input",
        _ => Words.Lower(cause),
    };

    public static string Duration(TimeSpan span) => span.TotalHours >= 1
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalHours):0} h {span.Minutes:00} min") : Words.Seconds(Math.Max(0, span.TotalSeconds));

    /// <summary>A count with commas.</summary>
    public static string Count(long number) => Words.Number(number, "#,0");
}
