"""Live: from the line that decides to the verdict on the screen, and what following costs, against a bare loop in C."""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

import logs
from building import OUTPUT, built, compiled
from screen import Followed

HEALTHY = """ESP-ROM:esp32s3-20210327
Build:Mar 27 2021
rst:0x1 (POWERON),boot:0x8 (SPI_FAST_FLASH_BOOT)
entry 0x403c8918
I (24) boot: ESP-IDF v5.2.1 2nd stage bootloader
I (312) main_task: Calling app_main()
I (335) main: boot: reset_reason=POWERON running_partition=ota_0
I (420) sensor: sampling every 20 ms
I (24420) sensor: 1200 samples sent
"""
DECIDES = "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.\n"
RATES = [300_000, 1_200_000]


def share(values, part):
    """The value under which so large a part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def delay(command, before, sign):
    """Seconds from the line that decides to the sign of it on the screen."""
    followed = Followed(command)
    followed.say(before)
    if not followed.shows(before.splitlines()[-1].encode(), 20):
        raise SystemExit(f"{command[0]} does not show the log")
    # Not at the same moment of its rhythm each time.
    pause = time.monotonic() + 0.15 + (time.monotonic_ns() % 97) / 1000
    while time.monotonic() < pause:
        followed.read(max(0, pause - time.monotonic()))
    followed.shown = b""
    start = time.monotonic()
    followed.say(DECIDES)
    seen = followed.shows(sign, 20)
    taken = time.monotonic() - start
    followed.end()
    if not seen:
        raise SystemExit(f"{command[0]} did not come to {sign.decode()}")
    return taken


def latencies(programs, samples, history):
    """Prints how long each takes; `history` is what the node said before."""
    for name, command, sign in programs:
        values = [1000 * delay(command, history, sign) for _ in range(samples)]
        print(f"  {name:42} median {statistics.median(values):7.2f} ms   99 % {share(values, 0.99):7.2f} ms"
              f"   longest {max(values):7.2f} ms", flush=True)


def stream(command, bare, log, rate, seconds, sink=None):
    """Runs it while the log streams in; its share of a core, and what the feeder counted."""
    followed = Followed(command, sink)
    feeder = subprocess.Popen(
        [bare, "feed", str(followed.port), str(rate), str(seconds), str(log)], pass_fds=[followed.port],
        stdout=subprocess.PIPE, text=True)
    while feeder.poll() is None:
        followed.read(0.02)
        followed.shown = b""
    counted = json.loads(feeder.stdout.read())
    # The rest of the stream.
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        followed.read(0.1)
        followed.shown = b""
    return followed.end() / counted["seconds"], counted


def load(programs, bare, log, seconds):
    """Prints the processor time of each program at each rate."""
    for rate in RATES:
        print(f"Processor time while {rate / 1000:.0f} kB/s stream in for {seconds} s, of one core")
        for name, command, sink in programs:
            with open(os.devnull, "wb") as null:
                used, counted = stream(command, bare, log, rate, seconds, null if sink == "null" else None)
            print(f"  {name:42} {100 * used:6.2f} %   buffer full {counted['waits']} times,"
                  f" longest {1000 * counted['longest_wait']:.1f} ms", flush=True)


def missing(folder, log, sent):
    """Compares a recording with the stream; says what differs, nothing when it is whole."""
    parts = sorted(pathlib.Path(folder).rglob("*.log*"), key=lambda part: -int(part.suffix[1:]) if part.suffix != ".log" else 0)
    text = log.read_bytes()
    offset = 0
    for part in parts:
        with open(part, "rb") as recorded:
            while piece := recorded.read(1 << 20):
                while piece:
                    expected = text[offset % len(text):][:len(piece)]
                    if piece[:len(expected)] != expected:
                        return f"what was recorded differs from what was sent within {len(expected)} bytes after {offset}"
                    offset += len(expected)
                    piece = piece[len(expected):]
    return "" if offset == sent else f"{sent} bytes were sent and {offset} recorded"


def soak(tool, bare, log, seconds):
    """Streams at the full rate and compares the recording; 1 when a byte is missing."""
    rate = RATES[-1]
    folder = tempfile.mkdtemp(prefix="soak-", dir=OUTPUT)
    try:
        used, counted = stream([tool, "watch", "{port}", "--record", folder], bare, log, rate, seconds)
        problem = missing(folder, log, counted["sent"])
    finally:
        shutil.rmtree(folder)
    print(f"Recording {rate / 1000:.0f} kB/s for {counted['seconds']:.0f} s: {counted['sent']} bytes sent, "
          f"{problem or 'every one recorded'}; {100 * used:.2f} % of a core, buffer full {counted['waits']} times, "
          f"longest {1000 * counted['longest_wait']:.1f} ms")
    return 1 if problem else 0


def main(words):
    parser = argparse.ArgumentParser(prog="scripts/bench live", description=__doc__)
    parser.add_argument("--samples", type=int, default=100, help="how often the delay is timed")
    parser.add_argument("--seconds", type=float, default=10, help="how long each stream lasts")
    parser.add_argument("--soak", type=float, default=0, help="seconds of recording at the full rate, 300 for a release")
    parser.add_argument("--only-soak", action="store_true", help="nothing but --soak")
    options = parser.parse_args(words)
    tool, bare = built(), compiled("bare_loop")
    log = OUTPUT / "live.log"
    if not log.exists():
        logs.write(log, "chatty", 8_000_000, 1)
    following = [bare, "follow", "{port}"]
    if not options.only_soak:
        with open(log, newline="") as chatty:
            long_history = chatty.read(400_000).rsplit("\n", 1)[0] + "\n" + HEALTHY
        for title, history in [("a fresh boot", HEALTHY), ("400 kB of log", long_history)]:
            print(f"From the deciding line to the screen, after {title}, {options.samples} times")
            latencies([
                ("bare loop (the line itself)", following, b"Guru"),
                ("esptriage watch (the line itself)", [tool, "watch", "{port}"], b"Guru"),
                ("esptriage watch (the verdict)", [tool, "watch", "{port}"], b"\xb7 panic "),
            ], options.samples, history)
        load([
            ("bare loop, onto a terminal", following, "screen"),
            ("esptriage watch, onto a terminal", [tool, "watch", "{port}"], "screen"),
            ("bare loop, into /dev/null", following, "null"),
            ("esptriage watch, into /dev/null", [tool, "watch", "{port}"], "null"),
            ("esptriage watch --quiet, into /dev/null", [tool, "watch", "{port}", "--quiet"], "null"),
        ], bare, log, options.seconds)
    return soak(tool, bare, log, options.soak) if options.soak > 0 else 0
