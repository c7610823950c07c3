using Mono.Cecil;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>Makes a site of the instruction at hand, out of the member that it names and the type of the value there.</summary>
internal delegate int SiteMaker(string what, TypeReference type);
