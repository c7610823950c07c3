namespace Variants;

/// <summary>Takes the place of xunit's attribute in the wrapped specs: the proof calls their facts, the runner does not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactAttribute : Attribute;
