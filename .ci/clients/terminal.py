"""Runs a command on a terminal of its own and presses keys when it says what they are the answer to.

terminal.py [TEXT KEYS]... -- COMMAND...: prints what the terminal shows, and has the exit code of the command. A text that does
not come within a minute is told, and ends the command.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios

split = sys.argv.index("--")
answers = list(zip(sys.argv[1:split:2], sys.argv[2:split:2]))
command = sys.argv[split + 1 :]
process, terminal = pty.fork()
if process == 0:
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 120, 0, 0))
shown = b""
unread = b""
while True:
    if not select.select([terminal], [], [], 60)[0]:
        os.kill(process, 9)
        print(f"nothing comes any more; awaited: {answers[:1]}", file=sys.stderr)
        break
    try:
        read = os.read(terminal, 4096)
    except OSError:
        break
    if not read:
        break
    shown += read
    unread += read
    while answers and answers[0][0].encode() in unread:
        text, keys = answers.pop(0)
        unread = unread.split(text.encode(), 1)[1]
        os.write(terminal, keys.encode())
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
