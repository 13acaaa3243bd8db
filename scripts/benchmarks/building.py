"""The program to measure, and where measurements leave their files."""
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OUTPUT = ROOT / "bench-output"


def built():
    """The path of the release binary, built before."""
    OUTPUT.mkdir(exist_ok=True)
    build = ["swift", "build", "-c", "release", "--static-swift-stdlib"]
    subprocess.run([*build, "--product", "esptriage"], cwd=ROOT, check=True)
    where = subprocess.run([*build, "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return where.stdout.strip() + "/esptriage"


def compiled(name):
    """The path of a program made of one C file of this folder."""
    program = OUTPUT / name
    source = pathlib.Path(__file__).resolve().parent / f"{name}.c"
    subprocess.run(["cc", "-O2", "-Wall", "-o", str(program), str(source)], check=True)
    return str(program)
