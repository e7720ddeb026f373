using System.Diagnostics;
using Xunit;

namespace Qssh.Tests.Commands;

/// <summary>Streams and exit status of the executable itself.</summary>
public sealed class ProcessTests
{
    [Theory]
    [InlineData("-V", 0)]
    [InlineData("version", 0)]
    [InlineData("server -V", 0)]
    [InlineData("-p 1 -V nothing else", 0)]
    public void Version_goes_to_standard_error(string line, int status)
    {
        (int exit, string output, string errors) = Run(line);
        Assert.Equal((status, ""), (exit, output));
        Assert.Matches(@"\Aqssh [0-9]+\.[0-9]+\.[0-9]+ \(QSSH/1, .*\)\n\z", errors);
    }

    [Theory]
    [InlineData("--help", "qssh - post-quantum secure shell client\n")]
    [InlineData("server --help", "qsshd - post-quantum secure shell server\n")]
    [InlineData("help", "usage: qssh [options] [user@]host [command ...]\n")]
    [InlineData("help install", "qssh install - make links for all programs\n")]
    [InlineData("man qsshd", ".TH QSSHD 8 ")]
    public void Help_goes_to_standard_output(string line, string start)
    {
        (int exit, string output, string errors) = Run(line);
        Assert.Equal((0, ""), (exit, errors));
        Assert.StartsWith(start, output);
    }

    [Theory]
    [InlineData("-z host", 255, "unknown option -z\nusage: qssh [options] destination [command ...]\nmore: qssh --help\n")]
    [InlineData("", 255, "missing destination\nusage: qssh [options] destination [command ...]\nmore: qssh --help\n")]
    [InlineData("-N -L 1:a:2 host", 255, "LocalForward 1:a:2: not available: port forwarding arrives in a later version\n")]
    [InlineData("a;b", 255, "host name 'a;b' is too long or holds a blank, a control character or one that means something to a shell or in a file\n")]
    [InlineData("server -j", 1, "unknown option -j\nusage: qsshd [options]\nmore: qsshd --help\n")]
    [InlineData("completion csh", 1, "no completion for 'csh': bash, zsh and fish have one\nusage: qssh completion [options] shell\nmore: qssh completion --help\n")]
    [InlineData("help nothing", 1, "there is no command 'nothing'; 'qssh help' lists them\n")]
    public void Errors_go_to_standard_error_only(string line, int status, string message)
    {
        (int exit, string output, string errors) = Run(line);
        Assert.Equal((status, ""), (exit, output));
        Assert.Equal(message, errors[(errors.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
    }

    [Fact]
    public void Output_is_appended_to_what_a_file_holds()
    {
        string file = Path.GetTempFileName();
        try
        {
            using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec > '{file}'; echo first; '{Executable}' man --list; echo last"]))!;
            shell.WaitForExit();
            string[] lines = File.ReadAllLines(file);
            Assert.Equal(("first", "last"), (lines[0], lines[^1]));
            Assert.Contains("qssh.1", lines);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_full_disk_is_a_failure()
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"'{Executable}' man > /dev/full"]))!;
        shell.WaitForExit();
        Assert.Equal(1, shell.ExitCode);
    }

    [Fact]
    public void Links_are_made_and_undone()
    {
        string directory = Path.Combine(Path.GetTempPath(), "qssh-install-" + Guid.NewGuid().ToString("n"));
        try
        {
            Assert.Contains($"linked {directory}/qsshd\n", Run($"install {directory}").Output);
            Assert.Equal("", Run($"install {directory}").Output);
            File.WriteAllText(Path.Combine(directory, "ssh"), "");
            (int exit, string output, string errors) = Run($"install --ssh-names {directory}");
            Assert.Equal((1, ""), (exit, output));
            Assert.Contains($"'{directory}/ssh' is in the way and not ours; nothing was linked\n", errors);
            Assert.Contains($"removed {directory}/qsshd\n", Run($"install --remove {directory}").Output);
            Assert.Single(Directory.GetFileSystemEntries(directory));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Executable => Path.Combine(AppContext.BaseDirectory, "qssh");

    private static (int Exit, string Output, string Errors) Run(string line)
    {
        ProcessStartInfo start = new(Executable, ShellWords.Split(line)) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
