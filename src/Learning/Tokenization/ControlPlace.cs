namespace Ptune.Learning.Tokenization;

/// <summary>Where in a text a control token is meant, in UTF-16 units.</summary>
internal readonly record struct ControlPlace(int Start, int End, int Id);
