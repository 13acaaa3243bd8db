"""Logs of an ESP32-S3 as they come, seeded: equal arguments give equal bytes."""
import random

TAGS = ["wifi", "sensor", "mqtt_client", "csi_collector", "http_server", "edge_proc", "main", "nvs_config", "i2c.master"]
PHRASES = [
    "sample {n} accepted, queue depth {m}", "published topic node/{m}/state ({n} bytes)", "rssi -{m} dBm, channel {k}",
    "{n} frames in 5 s, {m} dropped", "GET /status from 192.168.1.{m} -> 200", "heap free {n}, largest block {n}",
    "calibration step {m} done in {k} ms", "temperature {k}.{m} C, humidity {m} %", "reconnect timer armed for {k} s",
]


def boot(slot, reason):
    """The first stage, the start-up and the boot line of one boot."""
    code, name = {"POWERON": (1, "POWERON"), "SW": (12, "RTC_SW_CPU_RST"), "PANIC": (12, "RTC_SW_CPU_RST")}[reason]
    yield "ESP-ROM:esp32s3-20210327"
    yield "Build:Mar 27 2021"
    yield f"rst:0x{code:x} ({name}),boot:0x8 (SPI_FAST_FLASH_BOOT)"
    yield "SPIWP:0xee"
    yield "mode:DIO, clock div:1"
    yield "load:0x3fce2820,len:0x1590"
    yield "load:0x403c8700,len:0xd20"
    yield "entry 0x403c8920"
    yield "I (26) boot: ESP-IDF v5.4.2 2nd stage bootloader"
    yield "I (49) boot: Partition Table:"
    yield "I (52) boot: ## Label            Usage          Type ST Offset   Length"
    for index, (label, usage, kind, sub, offset, size) in enumerate([
        ("nvs", "WiFi data", 1, 2, 0x9000, 0x6000), ("otadata", "OTA data", 1, 0, 0xf000, 0x2000),
        ("ota_0", "OTA app", 0, 0x10, 0x20000, 0x200000), ("ota_1", "OTA app", 0, 0x11, 0x220000, 0x200000)]):
        yield f"I ({58 + 6 * index}) boot: {index:2d} {label:16s} {usage:16s} {kind:02x} {sub:02x} {offset:08x} {size:08x}"
    yield "I (91) boot: End of partition table"
    base = 0x20000 if slot == "ota_0" else 0x220000
    yield f"I (94) esp_image: segment 0: paddr={base + 0x20:08x} vaddr=3c0b0020 size=2a1c0h (172480) map"
    yield f"I (300) boot: Loaded app from partition at offset 0x{base:x}"
    yield "I (312) cpu_start: Multicore app"
    yield "I (322) app_init: Application information:"
    yield "I (330) app_init: App version:      0.6.5"
    yield "I (339) app_init: ELF file SHA256:  0a1b2c3d4..."
    yield "I (343) app_init: ESP-IDF:          v5.4.2"
    yield "I (404) main_task: Calling app_main()"
    yield f"I (405) main: boot: reset_reason={reason} running_partition={slot}"


def panic(chance, code):
    """A panic with registers and backtrace at an address."""
    yield "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled."
    yield ""
    yield "Core  0 register dump:"
    names = ["PC", "PS", *[f"A{n}" for n in range(16)], "SAR", "EXCCAUSE", "EXCVADDR", "LBEG", "LEND", "LCOUNT"]
    values = [code] + [chance.randrange(1 << 32) for _ in names[1:]]
    for row in range(0, 24, 4):
        yield "".join(f"{n:8s}: 0x{v:08x}  " for n, v in zip(names[row:row + 4], values[row:row + 4]))
    yield ""
    yield "Backtrace: " + " ".join(f"0x{code + 16 * n - 3:08x}:0x3fc9{n:02x}f0" for n in range(8))
    yield ""
    yield "ELF file SHA256: 0a1b2c3d4"
    yield ""
    yield "Rebooting..."


def chatter(chance, clock, count):
    """Lines of a running application, and the clock behind them."""
    lines = []
    for _ in range(count):
        clock += chance.randrange(1, 400)
        text = chance.choice(PHRASES).format(n=chance.randrange(60_000), m=chance.randrange(99), k=chance.randrange(14))
        lines.append(f"{chance.choice('IIIIIIWD')} ({clock}) {chance.choice(TAGS)}: {text}")
    return lines, clock


def chatty(chance):
    """A node that runs for hours and prints all the time: restarts, updates, now and then a crash."""
    slot, reason = "ota_0", "POWERON"
    while True:
        lines, clock = chatter(chance, 500, chance.randrange(4_000, 40_000))
        lines = list(boot(slot, reason)) + lines
        story = chance.random()
        if story < 0.2:
            lines += panic(chance, 0x42000000 + chance.randrange(0x40) * 0x40)
            reason = "PANIC"
        elif story < 0.5:
            slot = "ota_1" if slot == "ota_0" else "ota_0"
            lines.append(f"I ({clock}) ota_update: OTA update started, content_length=891234")
            lines.append(f"I ({clock + 9000}) ota_update: OTA update successful! Rebooting to partition '{slot}'...")
            reason = "SW"
        else:
            reason = "POWERON"
        yield lines


COLOURS = {"E": 31, "W": 33, "I": 32, "D": 39, "V": 39}


def coloured(chance):
    """The same as a terminal gets it: each line of the log macros in its colour."""
    for lines in chatty(chance):
        yield [f"\033[0;{COLOURS[line[0]]}m{line}\033[0m" if line[1:3] == " (" else line for line in lines]


def stamped(chance):
    """The same as a monitor saves it that puts the time of day before each line."""
    milliseconds = 0
    for lines in chatty(chance):
        piece = []
        for line in lines:
            milliseconds += chance.randrange(1, 400)
            minutes, rest = divmod(milliseconds // 1_000, 60)
            piece.append(f"[{minutes // 60 % 24:02}:{minutes % 60:02}:{rest:02}.{milliseconds % 1_000:03}] {line}")
        yield piece


def crash_loop(chance):
    """Nothing but boots that end in the same crash; clocks, some messages and registers differ."""
    while True:
        lines, _ = chatter(chance, 410, 6)
        yield [*boot("ota_1", "PANIC"), *lines, *panic(chance, 0x42000A40)]


def plain(chance):
    """An application that prints short lines without a log macro."""
    while True:
        yield list(boot("ota_0", "POWERON")) + [f"t={chance.randrange(400) / 10} h={chance.randrange(99)}" for _ in range(20_000)]


KINDS = {"chatty": chatty, "coloured": coloured, "stamped": stamped, "crash-loop": crash_loop, "plain": plain}


def pieces(kind, seed):
    """The log in pieces of some lines, without an end."""
    for lines in KINDS[kind](random.Random(seed)):
        yield ("\r\n".join(lines) + "\r\n").encode()


def write(path, kind, size, seed):
    """Writes a log of about that many bytes."""
    written = 0
    with open(path, "wb") as out:
        for piece in pieces(kind, seed):
            written += out.write(piece)
            if written >= size:
                return


def write_small(folder, count, seed):
    """Writes logs of 20 to 200 kB, as a lab keeps them."""
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    stock = {kind: b"".join(piece for piece, _ in zip(pieces(kind, seed), range(12 if kind == "chatty" else 300)))
             for kind in ("chatty", "crash-loop")}
    for number in range(count):
        text = stock["crash-loop" if number % 10 == 0 else "chatty"]
        start = text.rfind(b"ESP-ROM:", 0, chance.randrange(len(text) - 200_000))
        (folder / f"node-{number:05}.log").write_bytes(text[max(start, 0):max(start, 0) + chance.randrange(20_000, 200_000)])
