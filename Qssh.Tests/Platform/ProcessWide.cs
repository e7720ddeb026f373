using Xunit;

namespace Qssh.Tests.Platform;

/// <summary>Tests that count descriptors, measure time or send signals: they run alone.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
