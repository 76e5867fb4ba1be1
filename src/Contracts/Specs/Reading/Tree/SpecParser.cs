using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>
/// Builds the tree of a text from its events and stops at the first one that is beyond <see cref="SpecLimits"/>. Aliases are followed, but only
/// as values, and what they repeat counts as if it were written out.
/// </summary>
internal sealed class SpecParser
{
    private readonly SpecEvents _events;
    private readonly Dictionary<string, Anchored?> _anchors = [];
    private int _nodes;
    private int _characters;
    private int _deepest;

    private SpecParser(string text) => _events = new(text);

    /// <summary>The only document of the text, or null when there is none. Documents in which nothing stands do not count.</summary>
    /// <exception cref="SpecTextException">The text is not YAML, holds several documents, or is beyond the limits.</exception>
    public static SpecNode? Parse(string text)
    {
        var parser = new SpecParser(text);
        SpecNode? root = null;
        for (var next = parser._events.Next(); next is not StreamEnd; next = parser._events.Next())
        {
            if (next is not DocumentStart) continue;
            parser._anchors.Clear();
            var document = parser.Node(parser._events.Next(), depth: 1);
            if (document is ScalarNode { IsNull: true }) continue;
            if (root is not null) throw new SpecTextException(document.Line, document.Column, "A second document begins here.", "Put each spec into its own file.");
            root = document;
        }
        return root;
    }

    private SpecNode Node(ParsingEvent start, int depth)
    {
        if (start is AnchorAlias alias) return Repeat(alias, depth);
        Count(start, nodes: 1, characters: 0, depth);
        var anchor = start is NodeEvent { Anchor: { IsEmpty: false } name } ? name.Value : null;
        if (anchor is null) return Content(start, depth);

        // Null while it is open: an alias within it would contain itself.
        _anchors[anchor] = null;
        var (nodes, characters, deepest) = (_nodes, _characters, _deepest);
        _deepest = depth;
        var node = Content(start, depth);
        _anchors[anchor] = new Anchored(node, _nodes - nodes + 1, _characters - characters, _deepest - depth);
        _deepest = Math.Max(deepest, _deepest);
        return node;
    }

    private SpecNode Content(ParsingEvent start, int depth) => start switch
    {
        Scalar scalar => Value(scalar, SpecLimits.ValueCharacters, "value"),
        SequenceStart => List(start, depth),
        MappingStart => Map(start, depth),
        _ => throw Refuse(start, "A value is missing here.", "Correct the text here."),
    };

    private ListNode List(ParsingEvent start, int depth)
    {
        var items = new List<SpecNode>();
        for (var next = _events.Next(); next is not SequenceEnd; next = _events.Next()) items.Add(Node(next, depth + 1));
        return new ListNode(items, Line(start), Column(start));
    }

    private MapNode Map(ParsingEvent start, int depth)
    {
        var members = new List<(ScalarNode, SpecNode)>();
        for (var next = _events.Next(); next is not MappingEnd; next = _events.Next())
        {
            if (next is not Scalar { Anchor.IsEmpty: true } key)
                throw Refuse(next, next is AnchorAlias ? "A key cannot be an alias." : "A key has to be a single word without an anchor.", "Write the key itself.");
            Count(next, nodes: 1, characters: 0, depth);
            members.Add((Value(key, SpecLimits.KeyCharacters, "key"), Node(_events.Next(), depth + 1)));
        }
        return new MapNode(members, Line(start), Column(start));
    }

    private SpecNode Repeat(AnchorAlias alias, int depth)
    {
        var name = Shown.Name(alias.Value.Value);
        if (!_anchors.TryGetValue(alias.Value.Value, out var known)) throw Refuse(alias, $"The alias {name} has no anchor before it.", "Define the anchor before its first alias, or write the value itself.");
        if (known is not { } anchored) throw Refuse(alias, $"The alias {name} stands within its own anchor.", "Write the value itself.");
        Count(alias, anchored.Nodes, anchored.Characters, depth + anchored.Below);
        return anchored.Node;
    }

    private ScalarNode Value(Scalar scalar, int most, string noun)
    {
        var text = scalar.Value;
        if (text.Length > most) throw Refuse(scalar, $"A {noun} has {text.Length:N0} characters; the limit is {most:N0}.", "Check that this is the right file.");
        if (!Shown.IsText(text)) throw Refuse(scalar, $"A {noun} holds a character that is not text: {Shown.Name(text)}.", "Remove it.");
        Count(scalar, nodes: 0, text.Length, depth: 0);
        return new ScalarNode(text, scalar.Style == ScalarStyle.Plain, Line(scalar), Column(scalar));
    }

    private void Count(ParsingEvent at, int nodes, int characters, int depth)
    {
        // Each summand is at most a limit, so no sum overflows.
        _nodes += nodes;
        _characters += characters;
        _deepest = Math.Max(_deepest, depth);
        if (depth > SpecLimits.Depth) throw Refuse(at, $"The text is nested more than {SpecLimits.Depth} levels deep.", "Check that this is the right file; no spec is that deep.");
        if (_nodes > SpecLimits.Nodes) throw Refuse(at, $"The text has more than {SpecLimits.Nodes:N0} keys and values, what aliases repeat included.", "Check that this is the right file.");
        if (_characters > SpecLimits.Characters) throw Refuse(at, $"The text has more than {SpecLimits.Characters:N0} characters, what aliases repeat included.", "Use fewer aliases.");
    }

    private static SpecTextException Refuse(ParsingEvent at, string message, string fix) => new(Line(at), Column(at), message, fix);

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;

    /// <param name="Below">Levels below the node's own.</param>
    private sealed record Anchored(SpecNode Node, int Nodes, int Characters, int Below);
}
