using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Qssh.Fuzz.Instrument;

/// <summary>Inserts counters and comparison reports into method bodies; all of them leave the evaluation stack as they found it.</summary>
internal sealed class MethodWeaver
{
    private readonly FieldReference _counters;
    private readonly MethodReference _compare4;
    private readonly MethodReference _compare8;

    /// <param name="module">Where the methods are.</param>
    /// <param name="coverage">The type with the counters, as that module names it.</param>
    public MethodWeaver(ModuleDefinition module, TypeReference coverage)
    {
        // Made by hand: an import would bring the tool's own, newer core library into the module.
        TypeSystem types = module.TypeSystem;
        _counters = new FieldReference(nameof(Native.Coverage.Counters), types.Byte.MakePointerType(), coverage);
        _compare4 = Report(nameof(Native.Coverage.Compare4), coverage, types.Void, types.Int32);
        _compare8 = Report(nameof(Native.Coverage.Compare8), coverage, types.Void, types.Int64);
    }

    public int Counters { get; private set; }

    public void Weave(MethodBody body)
    {
        if (body.Instructions.Count == 0)
            return;

        // Long forms while inserting, as a short branch may no longer reach.
        body.SimplifyMacros();
        HashSet<Instruction> leaders = BasicBlocks.Leaders(body);
        var moved = new Dictionary<Instruction, Instruction>();
        foreach (Instruction instruction in body.Instructions.ToArray())
        {
            Instruction first = instruction;
            if (IsConstantComparison(instruction, leaders))
                first = InsertReport(body.GetILProcessor(), instruction);

            if (leaders.Contains(instruction))
                first = InsertCounter(body.GetILProcessor(), first);

            if (first != instruction)
                moved.Add(instruction, first);
        }

        Retarget(body, moved);
        body.OptimizeMacros();
    }

    private static bool IsConstantComparison(Instruction instruction, HashSet<Instruction> leaders) =>
        (instruction.OpCode == OpCodes.Ldc_I4 || instruction.OpCode == OpCodes.Ldc_I8)
        && instruction.Next is { } next
        && !leaders.Contains(next)
        && BasicBlocks.IsComparison(next.OpCode);

    private static MethodReference Report(string name, TypeReference coverage, TypeReference none, TypeReference operand)
    {
        var method = new MethodReference(name, none, coverage);
        method.Parameters.Add(new ParameterDefinition(operand));
        method.Parameters.Add(new ParameterDefinition(operand));
        return method;
    }

    /// <summary>Before the constant is loaded the other operand is on the stack: dup, constant, call.</summary>
    private Instruction InsertReport(ILProcessor code, Instruction constant)
    {
        Instruction first = code.Create(OpCodes.Dup);
        bool wide = constant.OpCode == OpCodes.Ldc_I8;
        code.InsertBefore(constant, first);
        code.InsertBefore(constant, wide ? code.Create(OpCodes.Ldc_I8, (long)constant.Operand) : code.Create(OpCodes.Ldc_I4, (int)constant.Operand));
        code.InsertBefore(constant, code.Create(OpCodes.Call, wide ? _compare8 : _compare4));
        return first;
    }

    /// <summary>Counters[id]++ on a byte that wraps.</summary>
    private Instruction InsertCounter(ILProcessor code, Instruction at)
    {
        Instruction first = code.Create(OpCodes.Ldsfld, _counters);
        Instruction[] rest =
        [
            code.Create(OpCodes.Ldc_I4, Counters++),
            code.Create(OpCodes.Add),
            code.Create(OpCodes.Dup),
            code.Create(OpCodes.Ldind_U1),
            code.Create(OpCodes.Ldc_I4_1),
            code.Create(OpCodes.Add),
            code.Create(OpCodes.Conv_U1),
            code.Create(OpCodes.Stind_I1),
        ];
        code.InsertBefore(at, first);
        foreach (Instruction instruction in rest)
            code.InsertBefore(at, instruction);

        return first;
    }

    /// <summary>Whoever jumped to an instruction now jumps to what was put before it; regions begin and end there too.</summary>
    private static void Retarget(MethodBody body, Dictionary<Instruction, Instruction> moved)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
                instruction.Operand = Moved(target);
            else if (instruction.Operand is Instruction[] targets)
                instruction.Operand = Array.ConvertAll(targets, t => Moved(t)!);
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = Moved(handler.TryStart);
            handler.TryEnd = Moved(handler.TryEnd);
            handler.FilterStart = Moved(handler.FilterStart);
            handler.HandlerStart = Moved(handler.HandlerStart);
            handler.HandlerEnd = Moved(handler.HandlerEnd);
        }

        Instruction? Moved(Instruction? instruction) =>
            instruction is not null && moved.TryGetValue(instruction, out Instruction? first) ? first : instruction;
    }
}
