"""Runs a command on a terminal of its own and presses Ctrl-C once it says `ready`.

terminal.py COMMAND...: prints what the terminal shows, and has the exit code of the command.
"""

import os
import pty
import sys

process, terminal = pty.fork()
if process == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
shown = b""
pressed = False
while True:
    try:
        read = os.read(terminal, 4096)
    except OSError:
        break
    if not read:
        break
    shown += read
    if b"ready" in shown and not pressed:
        pressed = True
        os.write(terminal, b"\x03")
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
