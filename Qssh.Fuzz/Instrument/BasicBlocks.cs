using Mono.Cecil.Cil;

namespace Qssh.Fuzz.Instrument;

/// <summary>Where the basic blocks of a method begin.</summary>
internal static class BasicBlocks
{
    public static HashSet<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction> { body.Instructions[0] };
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
                leaders.Add(target);
            else if (instruction.Operand is Instruction[] targets)
                leaders.UnionWith(targets);

            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch && instruction.Next is { } next)
                leaders.Add(next);
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.Add(handler.HandlerStart);
            if (handler.FilterStart is not null)
                leaders.Add(handler.FilterStart);
        }

        // Nothing may come between a prefix and its instruction.
        leaders.RemoveWhere(leader => leader.Previous?.OpCode.OpCodeType == OpCodeType.Prefix);
        return leaders;
    }

    /// <summary>Instructions that compare the two values on top of the stack.</summary>
    public static bool IsComparison(OpCode code) => code.Code
        is Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un
        or Code.Beq or Code.Bne_Un
        or Code.Bge or Code.Bge_Un or Code.Bgt or Code.Bgt_Un
        or Code.Ble or Code.Ble_Un or Code.Blt or Code.Blt_Un;
}
