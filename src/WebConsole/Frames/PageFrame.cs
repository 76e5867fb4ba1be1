using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Frames;

/// <summary>What every page needs to know of its request.</summary>
/// <param name="Visitor">Who looks at it.</param>
/// <param name="Tenants">Those that it is shown to choose among: its own, or, of one who may choose any, those that have jobs.</param>
/// <param name="Path">The page's own path, with its query.</param>
/// <param name="Theme">auto, light or dark.</param>
/// <param name="FormField">The name of the field that proves that a form is ours.</param>
/// <param name="FormToken">Its value.</param>
/// <param name="Now">The time by which ages are told.</param>
/// <param name="Notice">What was done just now; null: nothing.</param>
public sealed record PageFrame(Visitor Visitor, string[] Tenants, string Path, string Theme, string FormField, string FormToken, DateTimeOffset Now, Notice? Notice = null);
