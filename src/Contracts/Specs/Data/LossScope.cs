namespace Ptune.Contracts.Specs;

/// <summary>Which tokens of an example are trained.</summary>
public enum LossScope
{
    /// <summary>The response, or the assistant's turns.</summary>
    Response,

    /// <summary>All.</summary>
    All,
}
