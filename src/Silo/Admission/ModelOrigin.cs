namespace Ptune.Silo.Admission;

/// <summary>A model that came from outside, and that another one was made from.</summary>
/// <param name="Reference">Its digest, or the job that is to import it.</param>
/// <param name="Licence">What its own card says; null: not known, or only said by whoever imported it.</param>
internal sealed record ModelOrigin(string Reference, string? Licence);
