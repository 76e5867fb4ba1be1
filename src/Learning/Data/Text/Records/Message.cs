namespace Ptune.Learning.Data.Text.Records;

/// <summary>A turn of a conversation.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Content">What is said.</param>
internal readonly record struct Message(string Role, string Content);
