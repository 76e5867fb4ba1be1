using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Examples with the answers that a network gives scores to, as that network reads them.</summary>
/// <param name="Network">Scores them.</param>
/// <param name="Rows">Of each example the tokens that the network reads, a row for each answer or one for all.</param>
/// <param name="Right">The index of each example's right answer.</param>
/// <param name="Records">The record of each example.</param>
/// <param name="Counts">What encoding found.</param>
internal sealed record EncodedAnswers(IAnswerNetwork Network, IReadOnlyList<IReadOnlyList<EncodedExample>> Rows, IReadOnlyList<int> Right, IReadOnlyList<TextRecord> Records, EncodingCounts Counts)
{
    /// <summary>Digest of the rows: with the network, all that decides the scores.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var example in Rows)
        {
            // Numbers of rows and tokens keep apart what would otherwise be the same bytes.
            hash.AppendData(BitConverter.GetBytes(example.Count));
            foreach (var row in example)
            {
                hash.AppendData(BitConverter.GetBytes(row.Length));
                hash.AppendData(MemoryMarshal.AsBytes<int>(row.Ids));
                hash.AppendData(MemoryMarshal.AsBytes<bool>(row.Trained));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
