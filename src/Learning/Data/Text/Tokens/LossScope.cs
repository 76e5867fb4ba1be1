namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>Which tokens of an example are trained.</summary>
internal enum LossScope
{
    /// <summary>The response, or the assistant's turns.</summary>
    Response,

    /// <summary>All.</summary>
    All,
}
