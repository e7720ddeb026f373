using Qssh.Client;
using Qssh.Commands.Framework;
using Qssh.Compression;
using Qssh.Config;
using Qssh.Crypto.Signatures;
using Qssh.Handshake;
using Qssh.Platform;

namespace Qssh.Commands;

/// <summary>-Q and -G: what the program and the configuration say, without a connection.</summary>
internal sealed partial class ClientCommand
{
    private static readonly string[] s_queries =
    [
        "cipher", "compression", "HostKeyAlgorithms", "kex", "key", "key-sig", "mac", "protocol-version", "PubkeyAcceptedAlgorithms", "sig", "suite", "tier",
    ];

    private int RunQuery()
    {
        List<string> names = Query switch
        {
            "kex" or "KexAlgorithms" => Kems(),
            "cipher" or "cipher-auth" or "Ciphers" => new(CipherNames.Ours),
            // The tag of the AEAD is the only MAC of a frame.
            "mac" or "MACs" => new(CipherNames.Ours),
            "compression" => CompressionNames(),
            "protocol-version" => ["QSSH/1"],
            "key" or "key-plain" or "sig" or "key-sig" => Signatures(),
            "HostKeyAlgorithms" or "PubkeyAcceptedAlgorithms" or "PubkeyAcceptedKeyTypes" => Signatures(),
            "tier" => [Tiers.ShortName(Tier.PostQuantum), Tiers.ShortName(Tier.Hardened)],
            "suite" or "Suites" => Suites(),
            "help" => new(s_queries),
            _ => throw new UsageException($"-Q: unknown list '{Printable.Escape(Query!)}'; one of {string.Join(", ", s_queries)}"),
        };
        return StandardStreams.WriteOutput(string.Join('\n', names) + "\n") ? 0 : Errors.FailureException.OwnFailure;
    }

    private static int Print(ClientConfig config)
    {
        System.Text.StringBuilder text = new();
        foreach (string line in config.Dump())
            text.Append(line).Append('\n');
        return StandardStreams.WriteOutput(text.ToString()) ? 0 : Errors.FailureException.OwnFailure;
    }

    private static List<string> CompressionNames()
    {
        List<string> names = [];
        foreach (byte method in CompressionMethods.Offered)
            names.Add(CompressionMethods.NameOf((CompressionMethod)method));
        names.Add(CompressionMethods.NameOf(CompressionMethod.None));
        return names;
    }

    private static List<string> Kems()
    {
        List<string> names = [];
        foreach (Suite suite in OfferBuilder.AllSuites())
        {
            if (!names.Contains(Suite.KemName(suite.Kem)))
                names.Add(Suite.KemName(suite.Kem));
        }

        return names;
    }

    private static List<string> Signatures()
    {
        List<string> names = [];
        foreach (SignatureAlgorithm algorithm in SignatureAlgorithm.All)
            names.Add(algorithm.Name);
        return names;
    }

    private static List<string> Suites()
    {
        List<string> names = [];
        foreach (Suite suite in OfferBuilder.AllSuites())
            names.Add(suite.ToString());
        return names;
    }
}
