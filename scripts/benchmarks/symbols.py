"""Measures `esptriage decode` against addr2line and llvm-symbolizer, in one run.

    scripts/bench symbols [ELF...] [--runs N] [--seed N]

For each ELF (without one: a program built from the tests' own sources): eight addresses from a cold start, and 10,000
random code addresses, wall time with the start of the process, median of the runs, the programs taking turns so that a
busy moment of the machine hits all of them. Nothing any of them says on standard error is thrown away unseen: the last
column counts those lines.
"""
import argparse
import os
import pathlib
import platform
import random
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time

from building import OUTPUT, ROOT, built

PROGRAMS = ROOT / "Tests" / "FirmwareTests" / "Programs"
XTENSA, RISCV = 94, 243


class Code:
    """The executable sections of an ELF, and random addresses in them."""

    def __init__(self, path):
        data = pathlib.Path(path).read_bytes()
        if data[:5] != b"\x7fELF\x01":
            sys.exit(f"{path} is no ELF of 32 bit")
        (self.machine,) = struct.unpack_from("<H", data, 18)
        (table,) = struct.unpack_from("<I", data, 32)
        size, count = struct.unpack_from("<HH", data, 46)
        self.sections = []
        for index in range(count):
            _, kind, flags, address, _, length = struct.unpack_from("<6I", data, table + index * size)
            if kind == 1 and flags & 4 and length:
                self.sections.append((address, length))

    def addresses(self, count, seed):
        chance = random.Random(seed)
        sections = chance.choices(self.sections, [length for _, length in self.sections], k=count)
        return [f"0x{address + chance.randrange(length) & ~1:08x}" for address, length in sections]


def own_elf():
    """One of the tests' programs, for whoever has no ELF at hand."""
    program, source = OUTPUT / "symbols.elf", PROGRAMS / "crash.c"
    command = ["clang", "--target=riscv32-unknown-elf", "-march=rv32imc", "-O2", "-g", "-ffreestanding", "-nostdlib",
               "-fuse-ld=lld", "-Wl,-Ttext=0x42000020", "-Wl,-e,app_main", str(source), "-o", str(program)]
    subprocess.run(command, check=True)
    return str(program)


def peers(tool, elf, machine):
    """Each program's command line; addresses come on standard input."""
    found = {"esptriage decode": [tool, "decode", "--elf", elf, "-afiC", "-"]}
    addr2line = {XTENSA: "xtensa-lx106-elf-addr2line", RISCV: "riscv64-unknown-elf-addr2line"}.get(machine)
    if addr2line and shutil.which(addr2line):
        found["addr2line"] = [addr2line, "-e", elf, "-afiC"]
    if shutil.which("llvm-symbolizer"):
        found["llvm-symbolizer"] = ["llvm-symbolizer", f"--obj={elf}", "--output-style=GNU", "-afiC"]
    return found


def run(command, addresses, outputs):
    """Seconds on the clock, seconds of processor time, MiB, and lines of complaint."""
    with open(outputs / "errors", "wb+") as errors, open(outputs / "answers", "wb") as answers:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=open(addresses, "rb"), stdout=answers, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        errors.seek(0)
        complaints = len(errors.read().splitlines())
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}: the numbers would mean nothing")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, complaints


def compare(title, programs, addresses, runs, outputs):
    question = outputs / "addresses"
    question.write_text("\n".join(addresses) + "\n")
    results = {name: [] for name in programs}
    for turn in range(runs + 1):  # the first one warms the page cache
        for name, command in programs.items():
            result = run(command, question, outputs)
            if turn:
                results[name].append(result)
    ours = statistics.median(r[0] for r in results["esptriage decode"])
    print(f"  {title}")
    for name, rows in results.items():
        wall, busy, peak, complaints = (statistics.median(column) for column in zip(*rows))
        ratio = "" if name == "esptriage decode" else f"  esptriage takes {ours / wall:.2f} times as long"
        print(f"    {name:18} {wall * 1000:8.1f} ms  {busy * 1000:8.1f} ms busy {peak:5.0f} MiB"
              f" {complaints:5.0f} complaints{ratio}")


def main(arguments):
    parser = argparse.ArgumentParser(prog="scripts/bench symbols", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("elf", nargs="*")
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    tool = built()
    print(f"{platform.machine()}, {os.cpu_count()} cores, median of {options.runs} runs, wall time with process start")
    for elf in options.elf or [own_elf()]:
        code = Code(elf)
        programs = peers(tool, elf, code.machine)
        print(f"{elf}, {pathlib.Path(elf).stat().st_size / 1e6:.1f} MB")
        with tempfile.TemporaryDirectory() as outputs:
            for title, count in [("8 addresses", 8), ("10,000 addresses", 10_000)]:
                compare(title, programs, code.addresses(count, options.seed), options.runs, pathlib.Path(outputs))
