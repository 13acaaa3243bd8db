"""The measurements that `scripts/bench` offers; each prints what it found."""
import shutil
import statistics
import tempfile
from pathlib import Path

import logs
import peers
from measuring import compare, run_once, table


class Bench:
    """What all measurements share: the tool, the folder for logs, and the options of the command line."""

    def __init__(self, tool, folder, options):
        self.tool = tool
        self.folder = folder
        self.options = options

    def diagnose(self, *arguments):
        return [self.tool, "diagnose", "--jobs", "1", "--format", "json", *map(str, arguments)]

    def log(self, kind, megabytes):
        """The path of a log of that kind and size, which is made if it is not there."""
        path = self.folder / f"{kind}-{megabytes}-{self.options.seed}.log"
        if not path.exists():
            print(f"  (generating {path.name})", flush=True)
            unfinished = path.with_suffix(".unfinished")
            logs.write(unfinished, kind, megabytes * 1_000_000, self.options.seed)
            unfinished.rename(path)
        return path

    def speed(self):
        """One large log of each kind on one thread, against searches for a few words."""
        ordinary = None
        for kind in logs.KINDS:
            path = self.log(kind, self.options.megabytes)
            size = path.stat().st_size / 1e6
            results = compare({"esptriage": self.diagnose(path), **peers.fast(str(path))}, self.options.runs)
            print(f"{kind}, {size:.0f} MB, one thread, user + system time")
            table(results, "esptriage", size)
            speed = size / results["esptriage"].seconds
            ordinary = ordinary or speed
            if kind != "chatty":
                print(f"  {speed / ordinary:.2f} of the speed on the chatty log")

    def peers(self):
        """The same against line loops in Python and idf-monitor's line handler, on a log of 20 MB."""
        path = self.log("chatty", 20)
        size = path.stat().st_size / 1e6
        print(f"chatty, {size:.0f} MB, user + system time")
        table(compare({"esptriage": self.diagnose(path), **peers.slow(str(path))}, 1), "esptriage", size)

    def files(self):
        """Many logs of 20 to 200 kB, against rg and grep on the same files."""
        folder = self.folder / f"small-{self.options.files}-{self.options.seed}"
        if not folder.exists():
            print(f"  (generating {folder.name})", flush=True)
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            logs.write_small(unfinished, self.options.files, self.options.seed)
            unfinished.rename(folder)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        results = compare({"esptriage": self.diagnose(folder), **peers.searching(peers.TWELVE, str(folder))}, self.options.runs)
        print(f"{self.options.files} logs, {size:.0f} MB, one thread, user + system time")
        table(results, "esptriage", size)
        print(f"  {self.options.files / results['esptriage'].seconds:.0f} logs a second")

    def jobs(self):
        """Two cores against one, in elapsed time, over eight logs."""
        source = self.log("chatty", 40)
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            for number in range(8):
                shutil.copyfile(source, Path(folder) / f"{number}.log")
            command = [self.tool, "diagnose", "--format", "json", folder, "--jobs"]
            results = compare({"one job": [*command, "1"], "two jobs": [*command, "2"]}, self.options.runs)
        one, two = results["one job"], results["two jobs"]
        print("eight chatty logs of 40 MB")
        for name, result in results.items():
            print(f"  {name:28} {result.elapsed:8.3f} s elapsed {result.seconds:8.3f} s of user + system time")
        print(f"  two jobs take {two.elapsed / one.elapsed:.2f} of the time of one")

    def start(self):
        """Starting and ending, against rg."""
        with tempfile.NamedTemporaryFile(suffix=".log", dir=self.folder) as tiny:
            tiny.write(b"I (335) main: boot: reset_reason=POWERON running_partition=ota_0\n")
            tiny.flush()
            commands = {"esptriage": [self.tool, "--version"], "esptriage, a log of one line": self.diagnose(tiny.name)}
            if shutil.which("rg"):
                commands["rg --version"] = ["rg", "--version"]
            results = compare(commands, 100, statistics.median)
        print("start, user + system time, median of 100")
        table(results, "esptriage")

    def memory(self):
        """Peak memory on a log and on one four times as long, on a crash loop from a pipe, and on one endless line."""
        short, long = self.options.megabytes, 4 * self.options.megabytes
        for megabytes in (short, long):
            one = run_once(self.diagnose(self.log("chatty", megabytes)))
            print(f"  chatty, {megabytes} MB: {one.peak:.1f} MiB")

        def crash_loop(pipe):
            boots = 0
            # A stock of boots, told again: making each anew would take longer than diagnosing it.
            stock = [piece for piece, _ in zip(logs.pieces("crash-loop", self.options.seed), range(500))]
            while boots < self.options.boots:
                pipe.write(b"".join(stock))
                boots += len(stock)

        one = run_once(self.diagnose("-"), crash_loop)
        print(f"  crash loop of {self.options.boots} boots from a pipe: {one.peak:.1f} MiB, {one.seconds:.1f} s")

        def endless_line(pipe):
            pipe.write(b"I (335) main: boot: reset_reason=POWERON running_partition=ota_0\n")
            for _ in range(self.options.megabytes):
                pipe.write(b"a word and " * 90_909)

        one = run_once(self.diagnose("-"), endless_line)
        print(f"  one line of {self.options.megabytes} MB: {one.peak:.1f} MiB, {one.seconds:.1f} s")

    def rules(self):
        """600 rules of one's own against 60, each asking for lines of a tag; the time to load them is taken off."""
        path = self.log("chatty", self.options.megabytes)
        size = path.stat().st_size / 1e6
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            nothing = Path(folder) / "nothing.log"
            nothing.write_text("I (335) main: boot: reset_reason=POWERON running_partition=ota_0\n")
            commands = {}
            for count in (60, 600):
                rules = Path(folder) / f"rules-{count}"
                rules.mkdir()
                for number in range(count):
                    (rules / f"bench-{number}.yaml").write_text(RULE.format(number=number))
                commands[f"{count} rules"] = self.diagnose(path, "--rules", rules)
                commands[f"{count} rules, no log"] = self.diagnose(nothing, "--rules", rules)
            results = compare(commands, self.options.runs)
        few, many = (results[f"{count} rules"].seconds - results[f"{count} rules, no log"].seconds for count in (60, 600))
        print(f"chatty, {size:.0f} MB, user + system time beyond that without a log")
        print(f"  60 more rules: {few:.3f} s; 600 more rules: {many:.3f} s; {many / few:.2f} times as long")


RULE = """id: bench-{number}
title: Module {number} complains
severity: info
why: >
  A line of a module that the log does not have.
when: {{ log: {{ tag: module_{number}, message: "module {number} failed*" }} }}
"""

MODES = ["speed", "peers", "files", "jobs", "start", "memory", "rules"]
