using System.Numerics;
using Ptune.Templates.Values;

namespace Ptune.Templates.Methods;

/// <summary>The methods of lists and tuples.</summary>
internal static class SequenceMethods
{
    public static IReadOnlyDictionary<string, Func<IRenderer, ISequenceValue, Arguments, object?>?> All { get; } =
        new Dictionary<string, Func<IRenderer, ISequenceValue, Arguments, object?>?>
        {
            ["index"] = (i, sequence, a) => Index(i, sequence, a.BindPositional("index", 1)[0]),
            ["count"] = (i, sequence, a) => Count(i, sequence, a.BindPositional("count", 1)[0]),
            ["copy"] = (_, sequence, a) => sequence is ListValue && a.BindPositional("copy", 0) is not null ? sequence : throw TemplateException.Type("'tuple' object has no attribute 'copy'."),
            ["append"] = (_, _, _) => MethodTable.Refuse("append"),
            ["clear"] = (_, _, _) => MethodTable.Refuse("clear"),
            ["extend"] = (_, _, _) => MethodTable.Refuse("extend"),
            ["insert"] = (_, _, _) => MethodTable.Refuse("insert"),
            ["pop"] = (_, _, _) => MethodTable.Refuse("pop"),
            ["remove"] = (_, _, _) => MethodTable.Refuse("remove"),
            ["reverse"] = (_, _, _) => MethodTable.Refuse("reverse"),
            ["sort"] = (_, _, _) => MethodTable.Refuse("sort"),
        };

    private static BigInteger Index(IRenderer interpreter, ISequenceValue sequence, object? item)
    {
        interpreter.Budget.Steps(sequence.Items.Count);
        for (var i = 0; i < sequence.Items.Count; i++)
            if (Comparison.AreEqual(sequence.Items[i], item)) return new BigInteger(i);
        throw TemplateException.Type("index(): the item is not in the list.");
    }

    private static BigInteger Count(IRenderer interpreter, ISequenceValue sequence, object? item)
    {
        interpreter.Budget.Steps(sequence.Items.Count);
        return new BigInteger(sequence.Items.Count(other => Comparison.AreEqual(other, item)));
    }
}
