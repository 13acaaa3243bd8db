"""What esptriage is compared with."""
import importlib.util
import shutil
import sys

TWELVE = [
    "Guru Meditation Error", "abort() was called at PC", "assert failed:", "Backtrace:", "ESP-ROM:", "rst:0x",
    "Brownout detector was triggered", "reset_reason=", "***ERROR***", "CORRUPT HEAP:", "Task watchdog got triggered",
    "register dump:",
]
FORTY = TWELVE + [
    "OTA update started", "OTA update successful", "esp_ota_begin failed", "esp_ota_end failed", "invalid header: 0x",
    "csum err:0x", "flash read err, ", "Saved PC:0x", "running_partition", "Stack smashing protect failure!",
    "Debug exception reason:", "ELF file SHA256:", "Re-entered core dump!", "= CORE DUMP START =", "= CORE DUMP END =",
    "Entering deep sleep", "Rollback is not possible", "Image hash failed", "invalid magic byte", "ESP_ERROR_CHECK failed:",
    "terminate called ", "pure virtual method called", "Mem alloc fail. size", "Core dump already exists in flash",
    "No bootable app partitions", "ota data partition invalid", "checksum failed", "External RAM failed memory test",
]

PYTHON_LOOP = """
import sys
for line in open(sys.argv[1], "rb"):
    if b"Guru" in line or b"rst:0x" in line: print(len(line))
"""

# The handler as `idf.py monitor` calls it, with a console that is thrown away; no ELF, so no address is decoded.
IDF_MONITOR = """
import contextlib, io, queue, sys
from esp_idf_monitor.base.line_matcher import LineMatcher
from esp_idf_monitor.base.logger import Logger
from esp_idf_monitor.base.serial_handler import SerialHandler
class Console:
    output = byte_output = io.BytesIO()
    def write(self, text): pass
    def write_bytes(self, text): pass
class Quiet:
    @contextlib.contextmanager
    def check(self, line): yield
logger = Logger([], Console(), False, "", False, "")
logger.print = lambda *_, **__: None
handler = SerialHandler(b"", logger, "disable", 0, b"", "esp32s3", False, False, None, False, [], "", False)
handler.compare_elf_sha256 = lambda line: None
matcher = LineMatcher("")
with open(sys.argv[1], "rb") as log:
    while data := log.read(65536):
        handler.handle_serial_input(data, None, Quiet(), None, matcher, lambda line: None)
"""


def searching(literals, *paths):
    """`rg` and `grep` for literals."""
    patterns = [part for literal in literals for part in ("-e", literal)]
    commands = {}
    if shutil.which("rg"):
        commands[f"rg -c -F, {len(literals)} literals"] = ["rg", "-j1", "--no-mmap", "-c", "-F", *patterns, *paths]
    commands[f"grep -c -F, {len(literals)} literals"] = ["grep", "-r", "-c", "-F", *patterns, *paths]
    return commands


def fast(path):
    """Those that are not much slower than esptriage itself."""
    commands = searching(TWELVE, path)
    if shutil.which("rg"):
        commands |= {name: command for name, command in searching(FORTY, path).items() if name.startswith("rg")}
    return commands | {"wc -l": ["wc", "-l", path]}


def slow(path):
    """Those that would take minutes on a large log."""
    commands = {"Python line loop": [sys.executable, "-c", PYTHON_LOOP, path]}
    if importlib.util.find_spec("esp_idf_monitor"):
        commands["idf-monitor's line handler"] = [sys.executable, "-c", IDF_MONITOR, path]
    return commands
