# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""The whole way of an account, once: tests/demo says how it is called."""

import glob
import os
import shutil
import sys
import time
import types

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "ui")]
sys.dont_write_bytecode = True
os.environ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin:" + os.environ.get("PATH", "")

import mwtest  # noqa: E402
import suites  # noqa: E402
from mwtest import Failure, Session, wait_for  # noqa: E402

ADDRESS = "jan@example.test"
PASSWORD = mwtest.PASSWORDS["jan"]
PICTURES = os.path.join(mwtest.BUILD, "demo")
LOGIN_SECONDS = 120
SCREEN = ("1100", "960")


def say(text):
    print(text, flush=True)


# --- the mail programs ----------------------------------------------------

def thunderbird_profile(session):
    found = glob.glob(f"{session.home}/.thunderbird/*/prefs.js")
    return os.path.dirname(found[0]) if found else None


def has_evolution_account(session):
    for path in glob.glob(f"{session.env['XDG_CONFIG_HOME']}/evolution/sources/*.source"):
        with open(path, errors="replace") as f:
            if "[Mail Account]" in (text := f.read()) and "BackendName=imapx" in text \
                    or "BackendName=pop\n" in text:
                return True
    return False


def log_in(lab, session, name, picture=None, linger=False):
    """Starts a mail program and returns the servers' lines of its log-ins."""
    say(f"Starting {name} …")
    since = lab.mark()
    # WebKit's own sandbox cannot be made inside every container.
    process = session.spawn(name.lower(), env={"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
                                               "WEBKIT_DISABLE_COMPOSITING_MODE": "1"})
    wait_for(lambda: lab.logins(since), LOGIN_SECONDS, f"{name} to log in")
    if linger:
        say(f"{name} has logged in.  Close it to go on.")
        process.wait()
    else:
        # The log-in comes before the window, and the mail after it.
        time.sleep(4)
        fill_the_screen(session)
        time.sleep(3)
        session.picture(picture)
        say(f"  {picture}")
        end(process)
    return [login[-1] for login in lab.logins(since)]


def fill_the_screen(session):
    """There is no window manager to do it."""
    found = session.run("xdotool", "search", "--onlyvisible", "--name", ".").stdout.split()
    for window in found:
        session.run("xdotool", "windowmove", window, "0", "0", "windowsize", window, *SCREEN)


def end(process):
    """Ends a program and its children, and waits until its files are closed."""
    group = mwtest.descendants(process.pid) | {process.pid}
    mwtest.end_processes(lambda: group & mwtest.descendants(os.getpid()))


# --- on a virtual screen --------------------------------------------------

def journey(lab):
    """Goes through the window as a screen reader would; pictures of every page."""
    import mwui
    desk = mwui.Desk(lab=lab, keyring=True, size="x".join(SCREEN)).up()
    session = desk.session
    # The bus starts Evolution's services in the session's home, so the window
    # lives there too.
    app = desk.start(home=types.SimpleNamespace(directory=session.home))

    def picture(name):
        path = os.path.join(PICTURES, f"{len(os.listdir(PICTURES)) + 1}-{name}.png")
        app.picture(path)
        say(f"  {path}")

    say("Going through the window …")
    app.wait("heading", "Add Your Mail Account")
    app.type("Email address", ADDRESS)
    picture("type")
    app.press("Continue")

    app.wait("heading", "Sign In to Your Mail")
    app.type("Your name", "Jan Kowalski")
    app.type("Password", PASSWORD + " mistyped")
    picture("sign-in")
    app.press("Advanced Settings")
    app.wait("panel", "Advanced Settings")
    picture("advanced")
    app.press("Back")
    app.wait("heading", "Sign In to Your Mail")
    # The server takes two seconds to refuse, long enough for a picture.
    app.press("Connect")
    app.wait("panel", "Check")
    picture("check")

    app.wait("alert", "Password or User Name Refused")
    picture("problem")
    app.type("Password", PASSWORD)
    app.press("Try Again")
    app.wait("alert", part="Account Set Up")
    picture("done")

    # Evolution trusts what the system trusts; Thunderbird has a list of its own.
    app.press("Add to Thunderbird")
    app.press("Trust for Every Server")
    app.press("Add to Evolution")
    wait_for(lambda: thunderbird_profile(session), 30, "Thunderbird's profile")
    wait_for(lambda: has_evolution_account(session), 30, "Evolution's account")
    app.gone("push button", "Add to Thunderbird")
    app.gone("push button", "Add to Evolution")
    picture("handed-over")
    app.press("Done")
    app.wait("list item", ADDRESS)
    picture("accounts")
    desk.stop_apps()
    return session


def virtual(lab):
    shutil.rmtree(PICTURES, ignore_errors=True)
    os.makedirs(PICTURES)
    session = journey(lab)
    lines = {}
    for name in ("Thunderbird", "Evolution"):
        lines[name] = log_in(lab, session, name, os.path.join(PICTURES, f"{name.lower()}.png"))
    return session, lines


# --- on the person's screen -----------------------------------------------

def screen_of_the_person():
    env = {name: os.environ[name] for name in ("DISPLAY", "XAUTHORITY") if name in os.environ}
    if "DISPLAY" in env and "XAUTHORITY" not in env:
        env["XAUTHORITY"] = os.path.expanduser("~/.Xauthority")
    if "WAYLAND_DISPLAY" in os.environ:
        # The session has a runtime folder of its own, so the name needs its folder.
        env["WAYLAND_DISPLAY"] = os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""),
                                              os.environ["WAYLAND_DISPLAY"])
        env["MOZ_ENABLE_WAYLAND"] = "1"
    return env


def on_screen(lab):
    session = Session(lab=lab, bus=True, keyring=True, env=screen_of_the_person())
    # One whose password is typed on every keyboard.
    address = "anna@example.test"
    say(f"""
The window opens now, with the address {address} in it.
The password is:   {mwtest.PASSWORDS["anna"]}
Add the account to Thunderbird (let it trust the authority of these servers)
and to Evolution, then close the window.
""")
    session.spawn(mwtest.program("mailwright"), address, name="mailwright").wait()
    lines = {}
    if thunderbird_profile(session):
        lines["Thunderbird"] = log_in(lab, session, "Thunderbird", linger=True)
    if has_evolution_account(session):
        lines["Evolution"] = log_in(lab, session, "Evolution", linger=True)
    if not lines:
        say("No mail program was given the account, so there is nothing to start.")
    return session, lines


def main():
    for name in ("DBUS_SESSION_BUS_ADDRESS", "SSLKEYLOGFILE", "G_MESSAGES_DEBUG", "DESTDIR"):
        os.environ.pop(name, None)
    say("Building …")
    if not suites.build(mwtest.BUILD):
        return 1
    mwtest.guard()
    has_screen = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    say("Starting the mail servers …")
    lab = mwtest.Lab()
    try:
        lab.up()
        show = on_screen if has_screen and "--virtual" not in sys.argv else virtual
        session, lines = show(lab)
    except (Failure, mwtest.Skip) as error:
        say(f"The demo stopped: {error}")
        return 1
    session.stop()

    if show is virtual:
        say(f"\nPictures of every page: {PICTURES}")
    say("\nWhat the mail servers say about the log-ins:")
    for name, logins in lines.items():
        for line in logins:
            say(f"{name}: {line}")
    return 0 if lines else 1


if __name__ == "__main__":
    sys.exit(main())
