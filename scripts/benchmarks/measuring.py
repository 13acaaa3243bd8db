"""Runs commands and measures what they take."""
import dataclasses
import os
import subprocess
import sys
import tempfile
import time


@dataclasses.dataclass
class Measurement:
    """The least of some runs: on a machine that others use, the rest is their doing."""
    seconds: float = float("inf")  # user + system
    elapsed: float = float("inf")
    peak: float = 0  # resident memory in MiB, the largest


def run_once(command, feed=None):
    """One run; `feed` gets the command's standard input. Ends the program if the command fails."""
    with tempfile.TemporaryFile() as sink:
        begin = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.PIPE if feed else subprocess.DEVNULL, stdout=sink, stderr=subprocess.DEVNULL)
        if feed:
            feed(process.stdin)
            process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.monotonic() - begin
        code = os.waitstatus_to_exitcode(status)
        process.returncode = code
        # 1 is a verdict that is a fault, or a search without a hit.
        if code not in (0, 1):
            sys.exit(f"{command[0]} ended with {code}: the numbers would mean nothing")
        return Measurement(usage.ru_utime + usage.ru_stime, elapsed, usage.ru_maxrss / 1024)


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
        print(f"  {name:28} {result.seconds:8.3f} s{speed} {result.peak:6.0f} MiB{ratio}")
