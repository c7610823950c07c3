using System.Runtime.CompilerServices;

// A friend of an assembly with a strong name has one itself, and is named with its key.
[assembly: InternalsVisibleTo("ConcurrencySpecs.Signed.Friend, PublicKey="
    + "0024000004800000940000000602000000a4000052534131000400000100010089b47e10ac343968c62b14d58a6b238a5d98"
    + "0c81e59b3dedfacc1e4447280e46757569d317392752344632b98f518ebd3953ebc2a40b57dd1407037d63f6589a502a598e"
    + "1b84ab647ef8bf08e98d0ef9f6e0c1771cc35f9905ebbe21cc5982ea38106e766cabaeeb60162e210ca6d0ae93aeef5135d7"
    + "e48abc74b0b42ee2e6be")]
