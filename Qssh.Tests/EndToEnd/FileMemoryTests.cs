using System.Diagnostics;
using Qssh.Tests.Support;

namespace Qssh.Tests.EndToEnd;

/// <summary>Memory of a copy does not follow the size of the file. The goal is 64 MB on each side; scripts/bench files has the figures.</summary>
[Collection(EndToEndTests.Name)]
public sealed class FileMemoryTests
{
    private const int Most = 80 * 1024;

    /// <summary>Holes are sent on the way down, as the server does not say where they are, and left out on the way up.</summary>
    [BinaryTheory]
    [InlineData("down")]
    [InlineData("up")]
    public void Copies_of_large_files_take_little_on_either_side(string direction)
    {
        using TempHome home = new();
        using ServerProcess server = ServerProcess.Start(home);
        string there = $"{Environment.UserName}@127.0.0.1:";
        using (FileStream file = File.Create(home["large"]))
        {
            file.SetLength(1 << 30);
            if (direction == "up")
            {
                file.SetLength(0);
                byte[] piece = Enumerable.Repeat((byte)1, 1 << 20).ToArray();
                for (int i = 0; i < 200; i++)
                    file.Write(piece);
            }
        }

        string[] operands = direction == "up" ? [home["large"], there + "/dev/null"] : [there + home["large"], home["copy"]];
        using Process client = ProgramRun.Start(StaticBinary.Path,
        [
            "scp", "-q", "-F", "none", "-i", home["id"], "-o", "UserKnownHostsFile=" + home["known_hosts"], "-o", "GlobalKnownHostsFile=none", "-P", server.Port.ToString(), .. operands,
        ]);
        Dictionary<int, int> peaks = [];
        while (!client.WaitForExit(5))
        {
            Assert.True(DateTime.Now - client.StartTime < TimeSpan.FromSeconds(60), "the copy takes too long");
            foreach (int process in (int[])[client.Id, server.Id, .. ProcessFacts.Descendants(server.Id)])
                peaks[process] = Math.Max(Peak(process), peaks.GetValueOrDefault(process));
        }

        Assert.True(client.ExitCode == 0, client.StandardError.ReadToEnd());
        Assert.True(peaks.Count >= 3, "client, server, session");
        Assert.All(peaks.Values, peak => Assert.InRange(peak, 0, Most));
    }

    /// <summary>In kilobytes; 0 if the process has gone.</summary>
    private static int Peak(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
