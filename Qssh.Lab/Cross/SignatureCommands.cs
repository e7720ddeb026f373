using Qssh.Crypto.Signatures;
using Qssh.Crypto.Signatures.Falcon;
using Qssh.Crypto.Signatures.MlDsa;
using Qssh.Crypto.Signatures.SlhDsa;
using static Qssh.Lab.Cross.CrossCommands;

namespace Qssh.Lab.Cross;

/// <summary>
/// keygen: seed to public and private key in the encodings of the standards. sign: private key, message, context, randomness.
/// verify: public key, message, context, signature. Falcon has no context and draws its own randomness.
/// </summary>
internal static class SignatureCommands
{
    public static string? Answer(string algorithm, string operation, string[] words) => algorithm switch
    {
        "mldsa44" => MlDsa(MlDsaParameters.MlDsa44, operation, words),
        "mldsa65" => MlDsa(MlDsaParameters.MlDsa65, operation, words),
        "mldsa87" => MlDsa(MlDsaParameters.MlDsa87, operation, words),
        "falcon512" => Falcon(SignatureScheme.Falcon512, operation, words),
        "falcon1024" => Falcon(SignatureScheme.Falcon1024, operation, words),
        _ => SlhDsaParameters.FindByName(algorithm) is { } parameters ? SlhDsa(parameters, operation, words) : null,
    };

    private static string? MlDsa(MlDsaParameters parameters, string operation, string[] words)
    {
        switch (operation)
        {
            case "keygen":
                byte[] publicKey = new byte[parameters.PublicKeySize];
                byte[] privateKey = new byte[parameters.EncodedPrivateKeySize];
                MlDsaExpandedKey.KeyGenInternal(parameters, Bytes(words[0]), publicKey, privateKey).Dispose();
                return $"{Text(publicKey)} {Text(privateKey)}";
            case "sign":
                using (MlDsaExpandedKey? key = MlDsaExpandedKey.Decode(parameters, Bytes(words[0])))
                {
                    if (key is null)
                        return "false";
                    byte[] mu = new byte[MlDsaParameters.LongSize];
                    byte[] signature = new byte[parameters.SignatureSize];
                    MlDsaHash.Mu(key.Tr, Bytes(words[2]), Bytes(words[1]), mu);
                    MlDsaSigner.SignInternal(key, mu, Bytes(words[3]), signature);
                    return Text(signature);
                }

            case "verify":
                return Text(MlDsaVerifier.Verify(parameters, Bytes(words[0]), Bytes(words[2]), Bytes(words[1]), Bytes(words[3])));
            default:
                return null;
        }
    }

    private static string? SlhDsa(SlhDsaParameters parameters, string operation, string[] words)
    {
        switch (operation)
        {
            case "keygen":
                using (SlhDsaPrivateKey made = SlhDsaPrivateKey.FromSeeds(parameters, Bytes(words[0])))
                    return $"{Text(made.PublicKey)} {Text(made.Encoded)}";
            case "sign":
                using (SlhDsaPrivateKey? key = SlhDsaPrivateKey.Decode(parameters, Bytes(words[0])))
                {
                    if (key is null)
                        return "false";
                    byte[] signature = new byte[parameters.SignatureSize];
                    SlhDsaFunctions.SignDerandomized(key, Bytes(words[2]), Bytes(words[1]), Bytes(words[3]), signature);
                    return Text(signature);
                }

            case "verify":
                return Text(SlhDsaFunctions.Verify(parameters, Bytes(words[0]), Bytes(words[2]), Bytes(words[1]), Bytes(words[3])));
            default:
                return null;
        }
    }

    private static string? Falcon(SignatureScheme scheme, string operation, string[] words)
    {
        SignatureAlgorithm algorithm = SignatureAlgorithm.Find(scheme) ?? throw new ArgumentException("not in this build");
        switch (operation)
        {
            case "keygen":
                using (SigningKey made = algorithm.KeyFromSeed(Bytes(words[0])))
                    return $"{Text(made.PublicKey)} {Text(made.PrivateForm)}";
            case "public":
                using (SigningKey? loaded = algorithm.LoadKey(Bytes(words[0])))
                    return loaded is null ? "false" : Text(loaded.PublicKey);
            case "sign":
                using (SigningKey? key = algorithm.LoadKey(Bytes(words[0])))
                {
                    if (key is null)
                        return "false";
                    byte[] signature = new byte[algorithm.SignatureSize];
                    key.Sign(Bytes(words[1]), signature);
                    return Text(signature);
                }

            case "verify":
                return Text(algorithm.Verify(Bytes(words[0]), Bytes(words[1]), Bytes(words[2])));
            default:
                return null;
        }
    }
}
