using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ptune.Templates.Values;

/// <summary>What a rendering has used of its limits.</summary>
internal sealed class Budget(TemplateLimits limits)
{
    private const int StepsBetweenLooksAtTheClock = 4096;

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _steps;
    private long _allocated;
    private int _depth;

    /// <summary>One expression, statement or item more.</summary>
    public void Step() => Steps(1);

    public void Steps(long count)
    {
        var before = _steps;
        _steps += count;
        if (_steps > limits.Steps) throw Exceeded($"more than {limits.Steps:N0} steps");
        if (before / StepsBetweenLooksAtTheClock != _steps / StepsBetweenLooksAtTheClock && Stopwatch.GetElapsedTime(_start) > limits.Time)
            throw Exceeded($"more than {limits.Time.TotalSeconds:0.#} s");
    }

    /// <summary>Before a text of so many units is made.</summary>
    public void Allocate(long length)
    {
        CheckLength(length);
        _allocated += length;
        if (_allocated > limits.Allocation) throw Exceeded($"texts and lists of more than {limits.Allocation:N0} units in all");
        // Copying takes time, too.
        Steps(length / 256);
    }

    /// <summary>Before a list of so many entries is made.</summary>
    public void AllocateItems(long count)
    {
        CheckLength(count);
        Allocate(count * 8 > limits.Length ? limits.Length : count * 8);
    }

    public void CheckLength(long length)
    {
        if (length > limits.Length) throw Exceeded($"a text or list of more than {limits.Length:N0} units");
    }

    /// <summary>One level further in; <see cref="Leave"/> takes it back.</summary>
    public void Enter()
    {
        if (++_depth > limits.Depth) throw Exceeded($"more than {limits.Depth} calls and blocks inside each other");
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw Exceeded("more nesting than the stack holds");
    }

    public void Leave() => _depth--;

    private static TemplateException Exceeded(string what) => new(TemplateFault.Limit, $"the template needs {what}.");
}
