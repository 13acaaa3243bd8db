"""A node's port and a user's screen, both pseudo-terminals, and programs that run between them."""
import fcntl
import os
import selectors
import signal
import struct
import subprocess
import termios
import time
import tty


def pseudo_terminal():
    """Both ends of a raw one, and its name."""
    master, slave = os.openpty()
    tty.setraw(slave)
    return master, slave, os.ttyname(slave)


class Followed:
    """A program that follows a port; `{port}` in its command is the port's name."""

    def __init__(self, command, sink=None):
        # Where standard output goes elsewhere only the beginning is said on the screen.
        ready = b"following" if sink else b"open"
        self.port, slave, name = pseudo_terminal()
        self.screen, seat, _ = pseudo_terminal()
        fcntl.ioctl(seat, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
        words = [word.replace("{port}", name) for word in command]
        self.process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=sink or seat, stderr=seat, env=environment)
        os.close(seat)
        self.shown = b""
        os.set_blocking(self.screen, False)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.screen, selectors.EVENT_READ)
        if not self.shows(ready, 20):
            raise SystemExit(f"{words[0]} did not open its port; it said: {self.shown!r}")
        time.sleep(0.3 if sink else 0)
        # Held until now, or the port would hang up before somebody opens it.
        os.close(slave)

    def read(self, seconds):
        """Takes what shows within so long; false when the program has left the screen."""
        if not self.selector.select(seconds):
            return True
        try:
            self.shown += os.read(self.screen, 1 << 16)
            return True
        except BlockingIOError:
            return True
        except OSError:
            return False

    def shows(self, text, seconds):
        """Whether a text shows in time; then all up to it is forgotten."""
        end = time.monotonic() + seconds
        while text not in self.shown:
            if time.monotonic() > end or not self.read(max(0, end - time.monotonic())):
                return False
        self.shown = self.shown.split(text, 1)[1]
        return True

    def say(self, text):
        """The node prints."""
        data = memoryview(text.encode())
        os.set_blocking(self.port, False)
        while data:
            try:
                data = data[os.write(self.port, data):]
            except BlockingIOError:
                # Who follows may wait for us to take what it shows.
                self.read(0.001)
        os.set_blocking(self.port, True)

    def end(self):
        """Ends it as Ctrl-C would; user + system seconds that it took."""
        self.process.send_signal(signal.SIGINT)
        while True:
            number, status, usage = os.wait4(self.process.pid, os.WNOHANG)
            if number:
                break
            self.read(0.02)
            self.shown = b""
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.selector.close()
        os.close(self.port)
        os.close(self.screen)
        return usage.ru_utime + usage.ru_stime
