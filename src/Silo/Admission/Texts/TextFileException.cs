namespace Ptune.Silo.Admission.Texts;

/// <summary>A file that cannot be read on behind the fault.</summary>
internal sealed class TextFileException(TextFault fault) : Exception(fault.Message)
{
    public TextFault Fault { get; } = fault;
}
