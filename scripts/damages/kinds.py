"""Ways in which a log is damaged on its way from a chip to a file, each at a rate, each repeatable.

A rate is the share of the log's bytes that are hit; with `bits` it is the share of its bits.
"""
import random

ALIEN = "healthy-restart-sparse"  # its lines break in where two logs are interleaved


def places(chance, count, rate):
    """Which of `count` things are hit, each with the probability `rate`, in order."""
    if rate >= 0.02:
        return [index for index in range(count) if chance.random() < rate]
    hit, at = [], -1
    while True:
        at += 1 + int(chance.expovariate(1) / rate)
        if at >= count:
            return hit
        hit.append(at)


def bytes_flipped(log, rate, chance, _):
    """one bit of a byte flips"""
    damaged = bytearray(log)
    for place in places(chance, len(log), rate):
        damaged[place] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def bits_flipped(log, rate, chance, _):
    """a bit flips (the rate counts bits)"""
    damaged = bytearray(log)
    for place in places(chance, len(log) * 8, rate):
        damaged[place >> 3] ^= 1 << (place & 7)
    return bytes(damaged)


def dropped(log, rate, chance, _):
    """a byte is lost"""
    hit = set(places(chance, len(log), rate))
    return bytes(byte for index, byte in enumerate(log) if index not in hit)


def doubled(log, rate, chance, _):
    """a byte comes twice"""
    hit = set(places(chance, len(log), rate))
    return b"".join(log[index:index + 1] * (2 if index in hit else 1) for index in range(len(log)))


def pieces(log, rate, chance, length):
    """The log between pieces that are hit, and the pieces."""
    kept, at = [], 0
    for place in places(chance, len(log), rate / length):
        if place < at:
            continue
        kept.append((log[at:place], log[place:place + length]))
        at = place + length
    return kept, log[at:]


def cut(log, rate, chance, _):
    """pieces of 48 bytes are lost"""
    kept, rest = pieces(log, rate, chance, 48)
    return b"".join(before for before, _ in kept) + rest


def repeated(log, rate, chance, _):
    """pieces of 48 bytes come twice"""
    kept, rest = pieces(log, rate, chance, 48)
    return b"".join(before + piece * 2 for before, piece in kept) + rest


def interleaved(log, rate, chance, alien):
    """48 bytes of a healthy log break in"""
    kept, rest = pieces(log, rate, chance, 48)
    made = []
    for before, piece in kept:
        start = chance.randrange(max(len(alien) - 48, 1))
        made += [before, alien[start:start + 48], piece]
    return b"".join(made) + rest


KINDS = {
    "flips": bytes_flipped, "bits": bits_flipped, "drops": dropped, "doubles": doubled, "cuts": cut,
    "repeats": repeated, "interleaving": interleaved,
}
RATES = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1]


def chance(seed, *what):
    """The same chance for the same question."""
    return random.Random("/".join(map(str, [seed, *what])))
