"""Runs commands and measures what they take."""
import dataclasses
import functools
import os
import subprocess
import sys
import tempfile
import time

from building import compiled


@dataclasses.dataclass
class Measurement:
    """The least of some runs: on a machine that others use, the rest is their doing."""
    seconds: float = float("inf")  # user + system
    elapsed: float = float("inf")
    peak: float = 0  # resident memory in MiB, the largest


@functools.cache
def launcher():
    """The small program that starts what is measured."""
    return compiled("launch")


def run_once(command, feed=None):
    """One run; `feed` gets the command's standard input. Ends the program if the command fails."""
    program = launcher()
    answer, report = os.pipe()
    with tempfile.TemporaryFile() as sink, open(answer) as answer:
        begin = time.monotonic()
        process = subprocess.Popen(
            [program, str(report), *command], stdin=subprocess.PIPE if feed else subprocess.DEVNULL, stdout=sink, stderr=subprocess.DEVNULL,
            pass_fds=[report])
        os.close(report)
        if feed:
            feed(process.stdin)
            process.stdin.close()
        words = answer.read().split()
        elapsed = time.monotonic() - begin
        if process.wait() or not words:
            sys.exit(f"{command[0]} could not be measured")
        seconds, peak, code = float(words[0]), int(words[1]), int(words[2])
        # 1 is a verdict that is a fault, or a search without a hit.
        if code not in (0, 1):
            sys.exit(f"{command[0]} ended with {code}: the numbers would mean nothing")
        return Measurement(seconds, elapsed, peak / 1024)


def compare(commands, runs, pick=min):
    """Measures commands in turns, so that what else the machine does hits all of them; the first turn, which fills the
    page cache, does not count. Of the times of a command `pick` chooses one."""
    measured = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            one = run_once(command)
            if turn > 0:
                measured[name].append(one)
    return {
        name: Measurement(pick(one.seconds for one in all), pick(one.elapsed for one in all), max(one.peak for one in all))
        for name, all in measured.items()
    }


def version(command):
    """The first line of what a program says about its version."""
    return subprocess.run([*command, "--version"], capture_output=True, text=True).stdout.split("\n")[0]


def table(results, ours, megabytes=None):
    """Prints measurements side by side, each with how much longer `ours` takes."""
    for name, result in results.items():
        speed = f"{megabytes / max(result.seconds, 1e-9):8.0f} MB/s" if megabytes else ""
        ratio = "" if name == ours else f"   {ours} takes {results[ours].seconds / max(result.seconds, 1e-9):.2f} times as long"
        print(f"  {name:28} {result.seconds:8.3f} s{speed} {result.peak:6.1f} MiB{ratio}")
