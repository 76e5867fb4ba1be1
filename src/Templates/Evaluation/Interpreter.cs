using Ptune.Templates.Filters;
using Ptune.Templates.Operations;
using Ptune.Templates.Syntax;
using Ptune.Templates.Tests;
using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Evaluation;

/// <summary>Renders one template once.</summary>
internal sealed partial class Interpreter(Budget budget, DateTimeOffset? now) : IRenderer
{
    public Budget Budget { get; } = budget;

    /// <summary>The time that the template is told; null: a template that asks is refused.</summary>
    public DateTimeOffset? Now { get; } = now;

    public Text Render(IReadOnlyList<Statement> template, IEnumerable<KeyValuePair<string, object?>> variables)
    {
        var globals = new Scope(Globals.Scope);
        foreach (var (name, value) in variables) globals.Set(name, value);
        var to = new TextBuilder();
        ExecuteAll(template, new Scope(globals), to);
        return to.ToText();
    }

    /// <summary>What a body writes, in a scope that is its own.</summary>
    public Text Capture(IReadOnlyList<Statement> body, Scope scope)
    {
        var to = new TextBuilder();
        Budget.Enter();
        ExecuteAll(body, scope, to);
        Budget.Leave();
        return to.ToText();
    }

    /// <summary>Python's str() of a value.</summary>
    public Text Str(object? value) => Representation.Of(value, Budget);

    public object? ApplyFilter(string name, object? value, Arguments arguments) => FilterTable.All.TryGetValue(name, out var filter)
        ? filter(this, value, arguments)
        : throw FilterTable.Unknown(name, null);

    public bool ApplyTest(string name, object? value, Arguments arguments) => TestTable.All.TryGetValue(name, out var test)
        ? test(this, value, arguments)
        : throw TemplateException.Type($"there is no test '{name}'.");

    public object? Item(object? owner, object? index) => Attributes.Item(owner, index);

    public object? OwnAttribute(object? owner, string name) => Attributes.OwnOrUndefined(owner, name);

    /// <summary>Items as a list; each costs a step.</summary>
    public List<object?> ToList(IEnumerable<object?> items)
    {
        var list = new List<object?>();
        foreach (var item in items)
        {
            Budget.Step();
            Budget.CheckLength(list.Count);
            list.Add(item);
        }
        Budget.AllocateItems(list.Count);
        return list;
    }

    public Text Allocated(Text text)
    {
        Budget.Allocate(text.Value.Length);
        return text;
    }
}
