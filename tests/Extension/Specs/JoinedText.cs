using Ptune.Contracts.Specs;

namespace Ptune.Fixtures.Extension;

/// <summary>Records whose text is in two parts: once they are read they are texts.</summary>
public static class JoinedText
{
    public const TextFormat Format = (TextFormat)1001;

    public static AddedTextFormat Known { get; } = new("joined", TextFormat.Text, ["first", "second"]);
}
