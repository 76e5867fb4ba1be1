namespace Ptune.Silo.Admission.Texts;

/// <summary>What is wrong with a file of texts.</summary>
/// <param name="Line">From 1, blank lines counted; null: it is about the whole file.</param>
/// <param name="Message">What is wrong, without the file's name.</param>
/// <param name="Fix">What to do.</param>
internal sealed record TextFault(long? Line, string Message, string Fix);
