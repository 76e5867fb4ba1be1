namespace Ptune.WebConsole.Sources;

/// <summary>Says who looks at a page.</summary>
public interface IVisitors
{
    Visitor Of(HttpContext http);
}
