using Ptune.Templates.Syntax;
using Ptune.Templates.Values;

namespace Ptune.Templates.Evaluation;

/// <content>Statements.</content>
internal sealed partial class Interpreter
{
    private Flow ExecuteAll(IReadOnlyList<Statement> body, Scope scope, TextBuilder to)
    {
        foreach (var statement in body)
            if (Execute(statement, scope, to) is var flow and not Flow.Next) return flow;
        return Flow.Next;
    }

    private Flow Execute(Statement statement, Scope scope, TextBuilder to)
    {
        Budget.Enter();
        Budget.Step();
        try
        {
            return Dispatch(statement, scope, to);
        }
        catch (TemplateException e) when (e.Line is null && e.Fault is TemplateFault.Failed or TemplateFault.Unsupported)
        {
            throw new TemplateException(e.Fault, statement.Line, e.Message);
        }
        finally
        {
            Budget.Leave();
        }
    }

    private Flow Dispatch(Statement statement, Scope scope, TextBuilder to)
    {
        switch (statement)
        {
            case Statement.Data data:
                to.Append(data.Text);
                Budget.Allocate(data.Text.Length);
                break;
            case Statement.Print print:
                to.Append(Allocated(Str(Evaluate(print.Value, scope))));
                break;
            case Statement.If choice:
                return ExecuteAll(choice.Branches.FirstOrDefault(b => Truth.Of(Evaluate(b.Test, scope))).Body ?? choice.Else, scope, to);
            case Statement.For loop:
                RunLoop(loop, Evaluate(loop.Items, scope), scope, to, 0);
                break;
            case Statement.Set set:
                Assign(set.Target, Evaluate(set.Value, scope), scope);
                break;
            case Statement.SetBlock block:
                return Captured(block.Body, scope, text => Assign(block.Target, Filtered(block.Filter, text, scope), scope));
            case Statement.FilterBlock block:
                return Captured(block.Body, scope, text => to.Append(Allocated(Str(Filtered(block.Filter, text, scope)))));
            case Statement.Generation generation:
                return Captured(generation.Body, scope, text => to.Append(text.With(Origin.Generated)));
            case Statement.With with:
                var inner = new Scope(scope);
                foreach (var (target, value) in with.Bindings) Assign(target, Evaluate(value, scope), inner);
                return ExecuteAll(with.Body, inner, to);
            case Statement.MacroDefinition macro:
                scope.Set(macro.Signature.Name!, new Macro(this, macro.Signature, macro.Body, scope));
                break;
            case Statement.CallBlock call:
                to.Append(Allocated(Str(Call(call.Call, scope, new Macro(this, call.Signature, call.Body, scope)))));
                break;
            case Statement.Break:
                return Flow.Break;
            case Statement.Continue:
                return Flow.Continue;
            default:
                throw new InvalidOperationException($"A statement of no known kind: {statement.GetType().Name}.");
        }
        Budget.CheckLength(to.Length);
        return Flow.Next;
    }

    // A block whose text is used otherwise than by writing it. A break out of it drops the text.
    private Flow Captured(IReadOnlyList<Statement> body, Scope scope, Action<Text> use)
    {
        var to = new TextBuilder();
        var flow = ExecuteAll(body, new Scope(scope), to);
        if (flow == Flow.Next) use(to.ToText());
        return flow;
    }

    private object? Filtered(Expression? filter, Text text, Scope scope) =>
        filter is Expression.Filter own ? ApplyFilter(own.Name, Filtered(own.Operand, text, scope), ArgumentsOf(own.Arguments, scope)) : text;

    private void RunLoop(Statement.For loop, object? source, Scope scope, TextBuilder to, int depth)
    {
        var items = Iteration.Items(source);
        if (loop.Test is { } test) items = items.Where(item => Passes(loop.Target, item, test, scope));
        using var enumerator = items.GetEnumerator();
        var context = new LoopContext(loop.Test is null ? source : null, enumerator, depth, loop.IsRecursive ? inner => Recurse(loop, inner, scope, depth) : null);
        // As in Python's own compilation: an iteration counts for the else block only when it reaches the body's end.
        var completed = false;
        while (context.Advance())
        {
            Budget.Step();
            var inner = new Scope(scope);
            inner.Set("loop", context);
            Assign(loop.Target, context.Current, inner);
            var flow = ExecuteAll(loop.Body, inner, to);
            if (flow == Flow.Break) break;
            completed |= flow == Flow.Next;
        }
        if (!completed) ExecuteAll(loop.Else, new Scope(scope), to);
    }

    private Text Recurse(Statement.For loop, object? source, Scope scope, int depth)
    {
        var to = new TextBuilder();
        Budget.Enter();
        RunLoop(loop, source, scope, to, depth + 1);
        Budget.Leave();
        return to.ToText();
    }

    private bool Passes(Expression target, object? item, Expression test, Scope scope)
    {
        Budget.Step();
        var inner = new Scope(scope);
        Assign(target, item, inner);
        return Truth.Of(Evaluate(test, inner));
    }

    private void Assign(Expression target, object? value, Scope scope)
    {
        switch (target)
        {
            case Expression.Variable variable:
                scope.Set(variable.Name, value);
                break;
            case Expression.NamespaceTarget attribute:
                if (Name(attribute.Name, scope) is not NamespaceValue owner) throw TemplateException.Type($"'{attribute.Name}' is not a namespace: only attributes of a namespace can be assigned.");
                owner.Set(attribute.Member, value);
                break;
            case Expression.TupleOf tuple:
                var items = ToList(Iteration.Items(value is Undefined or null ? throw TemplateException.Type($"cannot unpack a value of type '{PythonType.Of(value)}'.") : value));
                if (items.Count != tuple.Items.Count) throw TemplateException.Type($"cannot unpack {items.Count} values into {tuple.Items.Count} names.");
                for (var i = 0; i < items.Count; i++) Assign(tuple.Items[i], items[i], scope);
                break;
        }
    }
}
