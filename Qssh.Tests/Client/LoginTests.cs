using System.Text;

namespace Qssh.Tests.Client;

/// <summary>The executable logs in to the real server.</summary>
public sealed class LoginTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("true", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("exit 255", 255)]
    [InlineData("kill -TERM $$", 143)]
    [InlineData("kill -KILL $$", 137)]
    public async Task The_exit_status_is_the_remote_one(string command, int status)
    {
        QsshResult result = await server.RunAsync($"127.0.0.1 -- '{command}'");
        Assert.Equal(status, result.Exit);
        Assert.Equal("", result.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--tier T1 --min-tier T1")]
    [InlineData("-o RekeyLimit=64K")]
    [InlineData("-o Suites=xwing-mldsa65-aes256gcm")]
    [InlineData("-c chacha20-poly1305 -o RekeyLimit=512K")]
    [InlineData("-o Ciphers=chacha20-poly1305@openssh.com --tier T1 --min-tier T1 -o RekeyLimit=512K")]
    [InlineData("-o Ciphers=aes256-gcm@openssh.com,chacha20-poly1305@openssh.com")]
    public async Task Streams_are_binary_clean_and_apart(string options)
    {
        byte[] data = new byte[3_000_001];
        Random.Shared.NextBytes(data);
        QsshResult result = await server.RunAsync($"-q {options} 127.0.0.1 'cat; echo oops >&2'", data);
        Assert.Equal((0, "oops\n"), (result.Exit, result.Errors));
        Assert.True(data.AsSpan().SequenceEqual(result.Bytes));
    }

    [Fact]
    public async Task Output_of_any_size_arrives_before_the_status()
    {
        QsshResult result = await server.RunAsync("127.0.0.1 'head -c 5000000 /dev/zero; exit 3'");
        Assert.Equal((3, 5_000_000), (result.Exit, result.Bytes.Length));
    }

    [Fact]
    public async Task A_long_command_and_many_variables_do_not_fit_the_first_flight()
    {
        string word = new('x', 100_000);
        QsshResult result = await server.RunAsync($"-o SetEnv=QSSH_TEST_A={new string('y', 6000)} 127.0.0.1 'echo {word} | wc -c; echo ${{#QSSH_TEST_A}}'");
        Assert.Equal("100001\n6000\n", result.Output);
    }

    [Fact]
    public async Task The_end_of_input_is_told_at_once_with_n() => Assert.Equal("end\n", (await server.RunAsync("-n 127.0.0.1 'cat; echo end'")).Output);

    [Fact]
    public async Task A_reader_that_goes_ends_the_session()
    {
        QsshResult result = await QsshProcess.RunAsync(
            "/bin/bash", ["-c", $"'{QsshProcess.Executable}' {server.ClientOptions} 127.0.0.1 yes | head -1; echo ${{PIPESTATUS[0]}}"], server.Home);
        Assert.Equal("y\n141\n", result.Output);
    }

    [Fact]
    public async Task A_full_disk_is_our_failure()
    {
        QsshResult result = await QsshProcess.RunAsync(
            "/bin/bash", ["-c", $"'{QsshProcess.Executable}' {server.ClientOptions} 127.0.0.1 echo x > /dev/full"], server.Home);
        Assert.Equal(255, result.Exit);
        Assert.EndsWith("cannot write standard output: no space left on device\n", result.Errors);
    }

    [Fact]
    public async Task V_tells_what_was_negotiated()
    {
        QsshResult result = await server.RunAsync("-v 127.0.0.1 true");
        foreach (string line in (string[])["Remote protocol version QSSH/1", "tier: T2 (hardened)", "suite: chkem1024-mldsa65-aes256gcm", "Server host key: mldsa65 SHA256:", "user key: mldsa65 SHA256:"])
            Assert.Contains("debug1: " + line, result.Errors);
    }

    [Fact]
    public async Task An_unknown_user_is_denied_like_a_wrong_key()
    {
        QsshResult result = await server.RunAsync("-q nobody-of-that-name@127.0.0.1 true");
        Assert.Equal((255, "nobody-of-that-name@127.0.0.1: Permission denied (publickey).\n"), (result.Exit, result.Errors));

        string key = Path.Combine(server.Directory, "wrong_" + Guid.NewGuid().ToString("n"));
        server.MakeKey(key);
        QsshResult wrong = await server.RunAsync($"-q -i {key} 127.0.0.1 true");
        Assert.Equal((255, $"{Environment.UserName}@127.0.0.1: Permission denied (publickey).\n"), (wrong.Exit, wrong.Errors));
    }

    [Fact]
    public async Task The_second_key_is_tried_after_the_first()
    {
        string key = Path.Combine(server.Directory, "other_" + Guid.NewGuid().ToString("n"));
        server.MakeKey(key, "mldsa44");
        QsshResult result = await server.RunAsync($"-i {key} -i ~/.qssh/id_mldsa65 127.0.0.1 'echo in'");
        Assert.Equal("in\n", result.Output);
    }

    [Fact]
    public async Task Without_a_key_the_reason_is_told()
    {
        QsshResult result = await server.RunAsync("-q -o IdentityFile=none 127.0.0.1 true");
        Assert.Equal($"{Environment.UserName}@127.0.0.1: Permission denied (publickey): there is no key to try; make one with qssh keygen, or name one with -i\n", result.Errors);
        QsshResult missing = await server.RunAsync("-q -i /nonexistent/key 127.0.0.1 true");
        Assert.EndsWith("there is no key to try: identity file /nonexistent/key does not exist\n", missing.Errors);
    }

    [Fact]
    public async Task The_background_half_outlives_its_caller()
    {
        string file = Path.Combine(server.Directory, "background_" + Guid.NewGuid().ToString("n"));
        QsshResult result = await QsshProcess.RunAsync(
            "/bin/sh", ["-c", $"'{QsshProcess.Executable}' {server.ClientOptions} -f 127.0.0.1 'sleep 1; echo done > {file}' >/dev/null 2>&1; echo $?"], server.Home);
        Assert.Equal("0\n", result.Output);
        Assert.False(File.Exists(file));
        for (int i = 0; i < 100 && !File.Exists(file); i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task A_failure_before_the_background_is_the_callers()
    {
        QsshResult result = await server.RunAsync("-f nobody-of-that-name@127.0.0.1 true");
        Assert.Equal(255, result.Exit);
        Assert.Contains("Permission denied", result.Errors);
    }

    [Fact]
    public async Task A_subsystem_that_is_not_there_is_refused()
    {
        QsshResult result = await server.RunAsync("-s 127.0.0.1 nothing");
        Assert.Equal(255, result.Exit);
        Assert.EndsWith("subsystem request failed on channel 0\n", result.Errors);
    }

    [Fact]
    public async Task Names_of_the_hosts_file_need_no_resolver() => Assert.Equal("x\n", (await server.RunAsync("-4 localhost echo x")).Output);

    [Fact]
    public async Task Options_behind_the_command_belong_to_it() => Assert.Equal("-v --\n", (await server.RunAsync("127.0.0.1 echo -v --")).Output);

    [Fact]
    public async Task Bytes_of_the_command_arrive_as_they_are()
    {
        QsshResult result = await QsshProcess.RunAsync(
            "/bin/bash", ["-c", $"'{QsshProcess.Executable}' {server.ClientOptions} -q 127.0.0.1 \"printf '%s' $'a\\xff\\xfeb' | od -An -tx1\""], server.Home);
        Assert.Equal("61 ff fe 62", result.Output.Trim());
        Assert.Equal("", result.Errors);
    }

    [Fact]
    public async Task A_terminal_can_be_forced()
    {
        QsshResult result = await server.RunAsync("-tt 127.0.0.1 'tty; stty -a'", Encoding.ASCII.GetBytes(""));
        Assert.Equal(0, result.Exit);
        Assert.StartsWith("/dev/pts/", result.Output);
        Assert.EndsWith("Connection to 127.0.0.1 closed.\n", result.Errors);
    }
}
