"""The server side of Cognito's SRP-6a, as pure arithmetic.

The group is the 3072-bit one of RFC 5054, the hash SHA-256, every number is hashed as a signed big-endian integer, and
the session key is HKDF's first 16 bytes with the info "Caldera Derived Key".
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from pulumi_aws_sandbox.runtime.user_pools.records import Verifier

N = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
G = 2
_INFO = b"Caldera Derived Key\x01"
_KEY_BYTES = 16
_SALT_BITS = 128
_PRIVATE_BITS = 1024
_BLOCK_BYTES = 256


@dataclass(frozen=True, slots=True)
class Exchange:
    """One sign-in between its two messages."""

    user_id: str
    verifier: Verifier
    public_a: int
    private_b: int
    public_b: int
    secret_block: bytes


def padded(number: int) -> bytes:
    """Return a number as the shortest signed big-endian bytes."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _hash(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"".join(parts)).digest(), "big")


_K = _hash(padded(N), padded(G))


def _private_key(pool_name: str, user_id: str, password: str, salt: int) -> int:
    identity = hashlib.sha256(f"{pool_name}{user_id}:{password}".encode()).digest()
    return _hash(padded(salt), identity)


def make_verifier(pool_name: str, user_id: str, password: str, salt: int | None = None) -> Verifier:
    """Return what to keep of a password, under a salt of its own."""
    chosen = secrets.randbits(_SALT_BITS) if salt is None else salt
    return Verifier(chosen, pow(G, _private_key(pool_name, user_id, password, chosen), N))


def matches(verifier: Verifier, pool_name: str, user_id: str, password: str) -> bool:
    """Tell whether a password is the one that the verifier was made of."""
    made = make_verifier(pool_name, user_id, password, verifier.salt)
    return hmac.compare_digest(padded(made.value), padded(verifier.value))


def begin(user_id: str, verifier: Verifier, public_a: int) -> Exchange:
    """Answer a client's public value; raise `ValueError` for one that would void the proof."""
    if public_a % N == 0:
        message = "A is a multiple of N"
        raise ValueError(message)
    private_b = secrets.randbits(_PRIVATE_BITS)
    public_b = (_K * verifier.value + pow(G, private_b, N)) % N
    return Exchange(user_id, verifier, public_a, private_b, public_b, secrets.token_bytes(_BLOCK_BYTES))


def signature(exchange: Exchange, pool_name: str, timestamp: str) -> bytes:
    """Return the signature that only a client with the right password can make."""
    scrambler = _hash(padded(exchange.public_a), padded(exchange.public_b))
    shared = pow(exchange.public_a * pow(exchange.verifier.value, scrambler, N), exchange.private_b, N)
    extracted = hmac.digest(padded(scrambler), padded(shared), "sha256")
    key = hmac.digest(extracted, _INFO, "sha256")[:_KEY_BYTES]
    said = pool_name.encode() + exchange.user_id.encode() + exchange.secret_block + timestamp.encode()
    return hmac.digest(key, said, "sha256")
