using Ptune.Learning.Data.Text.Reading;

namespace Ptune.Learning.Data.Text.Forms;

/// <summary>A record's fields under our names.</summary>
/// <param name="row">As the file has it.</param>
/// <param name="names">Our names to the file's.</param>
internal readonly struct FormRow(DataRow row, IReadOnlyDictionary<string, string> names)
{
    public RecordPlace Place => row.Place;

    public DataValue this[string field] => row.Fields[NameOf(field)];

    /// <summary>What the file calls our field.</summary>
    public string NameOf(string field) => names.GetValueOrDefault(field, field);

    /// <exception cref="DataException">The field is no text. Nothing is turned into text: 1.0, 1e0 and 1 would be three texts.</exception>
    public string Text(string field) => this[field].Text ?? throw Wrong(field, "text");

    /// <exception cref="DataException">The field is no list of texts.</exception>
    public IReadOnlyList<string> Texts(string field)
    {
        if (this[field].Items is not { } items) throw Wrong(field, "a list of texts");
        var place = Place;
        string name = NameOf(field);
        return [.. items.Select(item => item.Text ?? throw place.Error($"'{name}' must be a list of texts, but one item is {item.Kind}."))];
    }

    public DataException Wrong(string field, string expected) => Place.Error($"'{NameOf(field)}' must be {expected}, but is {this[field].Kind}.");
}
