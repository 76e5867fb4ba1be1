namespace Ptune.Learning.Data.Text;

/// <summary>What reading found, for the report.</summary>
internal sealed class TextCounts
{
    /// <summary>Read and used.</summary>
    public long Records { get; set; }

    /// <summary>Left out because there is nothing to train in them.</summary>
    public long LeftOutEmpty { get; set; }

    /// <summary>Conversations whose last question has no answer.</summary>
    public long EndWithoutAnswer { get; set; }
}
