namespace Ptune.Contracts.Specs.Reading;

/// <summary>Reads a spec from YAML (JSON is YAML, too) and finds everything that is wrong with it at once.</summary>
public static class SpecReader
{
    /// <summary>The spec with its defaults filled in, or the problems; never both, never an exception for what the text says.</summary>
    public static SpecReading Read(string text) => throw new NotImplementedException();
}
