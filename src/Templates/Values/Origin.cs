namespace Ptune.Templates.Values;

/// <summary>Where a part of a text comes from.</summary>
[Flags]
internal enum Origin : byte
{
    /// <summary>The template itself, or a variable that its owner set.</summary>
    Template = 0,

    /// <summary>Data: a message, a tool, a document. A control token in it must stay text.</summary>
    Data = 1,

    /// <summary>Written inside a generation block: the loss of a turn sees it.</summary>
    Generated = 2,
}
