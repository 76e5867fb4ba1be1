using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Reading;
using Ptune.Learning.Data.Text.Records;
using Ptune.Templates;

namespace Ptune.Learning.Data.Text.Forms;

/// <summary>
/// Records whose text a Jinja template makes of their fields: every name that the template reads is a field that every record must have. Of a prompt with its response the response is
/// the end of the text, or generation blocks say what is learnt.
/// </summary>
internal sealed class TemplateForm : TextForm
{
    private const string _response = "response";

    private readonly Template _template;
    private readonly string[] _names;
    private readonly bool _hasResponse;

    /// <exception cref="DataException">The format has no template, or it is none.</exception>
    public TemplateForm(string template, TextFormat format)
    {
        if (format is not (TextFormat.Text or TextFormat.PromptResponse))
            throw new DataException($"template: records of the format {format} are not rendered by one. Use it with text or promptResponse.");
        try
        {
            _template = Template.Parse(template);
        }
        catch (TemplateException error)
        {
            throw new DataException($"template: {error.Message}", error);
        }

        _names = [.. _template.Names.Order(StringComparer.Ordinal)];
        if (_names.Length == 0) throw new DataException("template: it reads no field, so that every record would be the same text.");
        _hasResponse = format == TextFormat.PromptResponse;
    }

    public override IReadOnlyList<string> Fields => _hasResponse ? [.. _names.Union([_response])] : _names;

    public override TextRecord Read(FormRow row)
    {
        var variables = new TemplateVariables();
        Rendering rendering;
        try
        {
            foreach (string name in _names) variables.AddData(name, JsonSerializer.SerializeToElement(Json(row[name], name, row)));
            rendering = _template.Render(variables);
        }
        catch (TemplateException error)
        {
            throw row.Place.Error(error.Fault == TemplateFault.Raised ? $"the template refuses the record: {error.Message}" : $"the template fails: {error.Message}", error);
        }

        return new TemplatedText(rendering, _hasResponse ? AnswerOf(rendering, row) : 0) { Place = row.Place };
    }

    private static int? AnswerOf(Rendering rendering, FormRow row)
    {
        if (rendering.Generated.Count > 0) return null;
        string response = row.Text(_response);
        if (string.IsNullOrWhiteSpace(response)) throw row.Place.Error($"'{row.NameOf(_response)}' is empty, so there is nothing to train. Remove the record.");
        return rendering.Text.EndsWith(response, StringComparison.Ordinal)
            ? rendering.Text.Length - response.Length
            : throw row.Place.Error($"the template's text does not end with '{row.NameOf(_response)}', so which tokens are the answer's cannot be told. Let it end so, or put the answer between {{% generation %}} and {{% endgeneration %}}.");
    }

    private static JsonNode? Json(DataValue value, string name, FormRow row) => value switch
    {
        { IsNull: true } => null,
        { Text: { } text } => JsonValue.Create(text),
        { Whole: { } whole } => JsonValue.Create(whole),
        { Items: { } items } => new JsonArray([.. items.Select(item => Json(item, name, row))]),
        { Fields: { } fields } => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Json(field.Value, name, row)))),
        _ => throw row.Place.Error($"'{row.NameOf(name)}' is or holds {value.Kind}, and a template is given texts, whole numbers, lists, objects and null."),
    };
}
