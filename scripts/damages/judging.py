"""What a diagnosis of a damaged log is worth, against that of the sound one."""
import collections
import dataclasses
import json
import subprocess

SURE = 0.7  # from here on a verdict is acted on
UNTOLD = {"unknown", "no_esp_log"}  # what is no claim


def diagnoses(tool, arguments, folder):
    """The diagnosis of every log in a folder, by the name of its file."""
    run = subprocess.run([tool, "diagnose", str(folder), "--format", "json", "--jobs", "1", *arguments], capture_output=True)
    if run.returncode not in (0, 1, 2):
        raise SystemExit(f"{folder}: esptriage ended with {run.returncode}\n{run.stderr.decode(errors='replace')[-2000:]}")
    reports = [json.loads(line) for line in run.stdout.splitlines()]
    return {report["source"].rsplit("/", 1)[-1]: report for report in reports}


def fields(report):
    """What a report tells apart from its verdict: device, boots, crashes, updates."""
    told = collections.Counter()
    for name, value in report.get("device", {}).items():
        told[("device", name, str(value))] += 1
    for boot in report.get("boots", []):
        for name in ("reset_reason", "running_partition", "chip"):
            if boot.get(name):
                told[(name, str(boot[name]))] += 1
        for name in ("version", "elf_sha256"):
            if boot.get("app", {}).get(name):
                told[("app", name, boot["app"][name])] += 1
    for crash in report.get("crashes", []):
        for name in ("kind", "reason", "task", "pc", "core"):
            if crash.get(name) is not None:
                told[("crash", name, str(crash[name]))] += 1
    for update in report.get("updates", []):
        for name in ("outcome", "target", "from"):
            if update.get(name):
                told[("update", name, str(update[name]))] += 1
    return told


@dataclasses.dataclass
class Score:
    """How the logs at one rate of one kind of damage came out."""
    logs: int = 0
    same: int = 0
    less: int = 0  # another verdict, and not sure of it
    wrong: int = 0  # another verdict, and sure of it
    kept: float = 0  # share of the fields that are still told
    false: float = 0  # share of what is told that is not true
    wrongs: collections.Counter = dataclasses.field(default_factory=collections.Counter)

    def add(self, sample, sound, damaged):
        """Counts one log."""
        self.logs += 1
        before, after = fields(sound), fields(damaged)
        common = sum((before & after).values())
        self.kept += common / sum(before.values()) if before else 1
        self.false += 1 - common / sum(after.values()) if after else 0
        verdict, truth = damaged["verdict"], sound["verdict"]
        if verdict["id"] == truth["id"]:
            self.same += 1
        elif verdict["id"] in UNTOLD or verdict.get("confidence", 0) < SURE:
            self.less += 1
        else:
            self.wrong += 1
            self.wrongs[(sample, truth["id"], verdict["id"], round(verdict["confidence"], 2))] += 1

    def share(self, what):
        """A share of the logs, from 0 to 1."""
        return getattr(self, what) / max(self.logs, 1)
