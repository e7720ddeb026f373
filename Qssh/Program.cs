namespace Qssh;

internal static class Program
{
    private static int Main(string[] args)
    {
        Console.Error.WriteLine("qssh " + args.Length);
        return 0;
    }
}
