using Qssh.Errors;
using Qssh.Identity;
using Qssh.Server;
using Qssh.Tests.Support;
using Xunit;

namespace Qssh.Tests.Server;

public sealed class HostKeysTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly List<string> _log = [];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void MadeOnceAndTheSameEverAfter()
    {
        string path = _directory["new/host_mldsa65"];
        PublicKey first = Ensure(path)[0];
        PublicKey second = Ensure(path)[0];
        Assert.Equal(first, second);
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(path));
        Assert.Equal((UnixFileMode)0x1C0, File.GetUnixFileMode(_directory["new"]));
        Assert.Contains("(new)", _log[0], StringComparison.Ordinal);
        Assert.Contains(first.Fingerprint, _log[1], StringComparison.Ordinal);
        Assert.DoesNotContain("(new)", _log[1], StringComparison.Ordinal);
    }

    [Fact]
    public void TheNameSaysTheType() =>
        Assert.Equal(["mldsa87", "mldsa44", "falcon512"], Ensure(_directory["host_mldsa87"], _directory["host_mldsa44"], _directory["other"]).Select(key => key.TypeName));

    [Fact]
    public void WhatIsNotOursStopsTheStartByName()
    {
        Stops(_directory.Write("foreign", "-----BEGIN OPENSSH PRIVATE KEY-----\n"), "foreign");
        Stops(_directory.Write("empty", ""), "empty");
        Stops(_directory.Path, Path.GetFileName(_directory.Path));
        string path = _directory["host_mldsa65"];
        Ensure(path);
        File.SetUnixFileMode(path, (UnixFileMode)0x1A4);
        Stops(path, "chmod 600");
    }

    [Fact]
    public void TwoKeysOfOneTypeAreAMistake()
    {
        FailureException failure = Assert.Throws<FailureException>(() => HostKeys.Ensure([_directory["a"], _directory["b"]], null));
        Assert.Contains("given already", failure.Message, StringComparison.Ordinal);
    }

    private void Stops(string path, string reason)
    {
        FailureException failure = Assert.Throws<FailureException>(() => HostKeys.Ensure([path], null));
        Assert.Equal(1, failure.ExitCode);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private List<PublicKey> Ensure(params string[] paths)
    {
        IReadOnlyList<FileSigner> signers = HostKeys.Ensure(paths, _log.Add);
        List<PublicKey> keys = signers.Select(signer => signer.Identity).ToList();
        foreach (FileSigner signer in signers)
            signer.Dispose();
        return keys;
    }
}
