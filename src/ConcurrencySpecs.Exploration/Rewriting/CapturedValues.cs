using System.Reflection;
using System.Runtime.CompilerServices;

namespace ConcurrencySpecs.Exploration.Rewriting;

/// <summary>The objects that a body captured, copied into the twin context once and handed out fresh for every schedule.</summary>
/// <remarks>
/// <para>Promise — every schedule begins with the values that the body was given, whatever earlier schedules did to them; the originals never change.</para>
/// <para>Cost — some 30 ns per object and about 60 ns per reference between them, for each schedule; nothing is compiled.</para>
/// </remarks>
internal sealed class CapturedValues
{
    // I1  _links are in an order in which a struct is complete before it is copied into its owner
    private readonly List<Node> _nodes = [];
    private readonly List<(Node Owner, FieldInfo? Field, int Index, Node Value)> _links = [];
    private readonly Dictionary<object, Node> _known = new(ReferenceEqualityComparer.Instance);
    private readonly TwinContext _context;
    private readonly BodyCode _code;
    private readonly Node? _root;

    public CapturedValues(object? target, BodyCode code, TwinContext context)
    {
        (_code, _context) = (code, context);
        if (target is not null) _root = Copy(target, "") as Node ?? Add(new Node(target));
    }

    /// <summary>The body's target with all that it holds, as it was when the exploration began.</summary>
    public object? Fresh()
    {
        foreach (Node node in _nodes) node.Renew();
        foreach (Node node in _nodes) node.Bind();
        foreach ((Node owner, FieldInfo? field, int index, Node value) in _links)
        {
            if (field is not null) field.SetValue(owner.Current, value.Current);
            else ((Array)owner.Current).SetValue(value.Current, index);
        }

        return _root?.Current;
    }

    // A Node where the copy is made anew for every schedule; the value itself where it never changes.
    private object? Copy(object? value, string path)
    {
        if (value is null) return null;
        if (_known.TryGetValue(value, out Node? known)) return known;
        Type type = value.GetType();
        if (value is Type named) return _context.Map.Of(named);
        if (value is Delegate function) return CopyDelegate(function, path);
        if (type.IsEnum) return _context.Map.Mentions(type) ? Enum.ToObject(_context.Map.Of(type), value) : value;
        switch (CaptureRules.Of(type, _context))
        {
            case Capture.Share: return value;
            case Capture.Refuse: throw CaptureRules.Refusal(path, type);
            case Capture.Remake: return Add(new Node(value, CaptureRules.Remake(type, path)), value);
        }

        return value is Array array ? CopyArray(array, path) : CopyFields(value, type, path);
    }

    private object CopyDelegate(Delegate function, string path)
    {
        if (!function.HasSingleTarget) throw new ExplorationRefusedException(
            $"The body captures {path}, a delegate that calls several methods: capture them one by one.");
        bool twinned = _context.Scope.IsTwinned(function.Method.Module.Assembly);
        if (!twinned && !_context.Map.Mentions(function.GetType())) return function;
        MethodInfo method = twinned ? _context.Map.Of(function.Method) : function.Method;
        var node = new Node(_context.Map.Of(function.GetType()), method);
        _known[function] = node;
        node.Target = Copy(function.Target, path.Length == 0 ? "target" : path + ".Target");
        return Add(node);
    }

    private Node CopyArray(Array array, string path)
    {
        if (array.Rank != 1) throw new ExplorationRefusedException($"The body captures {path}, an array of {array.Rank} dimensions: build it inside the body.");
        Array copy = Array.CreateInstance(_context.Map.Of(array.GetType().GetElementType()!), array.Length);
        Node node = Add(new Node(copy), array);
        if (array.GetType().GetElementType()!.IsPrimitive)
        {
            array.CopyTo(copy, 0);
            return node;
        }

        for (int i = 0; i < array.Length; i++)
        {
            object? item = Copy(array.GetValue(i), $"{path}[{i}]");
            if (item is Node inner) _links.Add((node, null, i, inner));
            else copy.SetValue(item, i);
        }

        return node;
    }

    private object CopyFields(object value, Type type, string path)
    {
        object copy = RuntimeHelpers.GetUninitializedObject(_context.Map.Of(type));
        Node node = new(copy);
        if (!type.IsValueType) _known[value] = Add(node);
        int links = _links.Count;
        for (Type? declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            foreach (FieldInfo field in declaring.GetFields(IlReader.Instance | BindingFlags.DeclaredOnly)) CopyField(node, value, field, path);
        }

        if (!type.IsValueType) return node;
        if (links == _links.Count) return copy;      // a struct without links never changes: its owner holds a copy
        return Add(node);
    }

    private void CopyField(Node owner, object value, FieldInfo field, string path)
    {
        bool read = _code.Reads(field);
        if (!read && BodyCode.IsClosure(field.DeclaringType!)) return;
        FieldInfo twin = _context.Map.Of(field);
        string name = SourceNames.Of(field.Name);
        string at = field.Name.Contains("<>", StringComparison.Ordinal) ? path : path.Length == 0 ? name : $"{path}.{name}";
        object? copy;
        try
        {
            copy = Copy(field.GetValue(value), at);
        }
        catch (ExplorationRefusedException) when (!read && path.Length == 0)
        {
            return;         // a field of the spec's own object that this body does not look at: it stays null
        }

        if (copy is Node inner) _links.Add((owner, twin, -1, inner));
        else twin.SetValue(owner.Pristine, copy);
    }

    private Node Add(Node node, object? original = null)
    {
        if (original is not null) _known[original] = node;
        _nodes.Add(node);
        return node;
    }

    private sealed class Node
    {
        private readonly Func<object, object>? _remake;
        private readonly (Type Type, MethodInfo Method)? _function;

        public Node(object pristine, Func<object, object>? remake = null) => (Pristine, _remake, Current) = (pristine, remake, pristine);

        public Node(Type type, MethodInfo method) : this(method) => _function = (type, method);

        public object Pristine { get; }

        public object Current { get; private set; }

        /// <summary>What a captured delegate is bound to: a node or a shared object.</summary>
        public object? Target { get; set; }

        public void Renew() => Current = _remake is not null ? _remake(Pristine) : _function is not null ? Current : Clone(Pristine);

        public void Bind()
        {
            if (_function is not { } function) return;
            object? target = Target is Node node ? node.Current : Target;
            Current = Delegate.CreateDelegate(function.Type, target, function.Method);
        }

        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "MemberwiseClone")]
        private static extern object Clone(object value);
    }
}
