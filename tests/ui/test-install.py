#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What is installed is all there, comes out the same wherever it was built, and goes again without
a trace."""

import atexit
import filecmp
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "support"))
import mwtest  # noqa: E402

ROOT = os.path.dirname(mwtest.TESTS)
ID = "io.github.mailwright.Mailwright"
WANTED = {
    "bin/mailwright", "bin/mailwright-cli", "libexec/mailwright-nss-helper",
    f"share/applications/{ID}.desktop", f"share/dbus-1/services/{ID}.service",
    f"share/glib-2.0/schemas/{ID}.gschema.xml", f"share/metainfo/{ID}.metainfo.xml",
    f"share/mime/packages/{ID}.xml", f"share/icons/hicolor/scalable/apps/{ID}.svg",
    f"share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg",
    "share/locale/pl/LC_MESSAGES/mailwright.mo",
    "share/help/C/mailwright/index.page", "share/help/pl/mailwright/index.page",
    *(f"share/man/man1/{name}.1" for name in ("mailwright", "mailwright-cli")),
    *(f"share/bash-completion/completions/{name}" for name in ("mailwright", "mailwright-cli")),
    *(f"share/zsh/site-functions/_{name}" for name in ("mailwright", "mailwright-cli")),
    *(f"share/fish/vendor_completions.d/{name}.fish" for name in ("mailwright", "mailwright-cli")),
}
# What the desktop makes of it, by programs that meson starts.
MADE = ("gschemas.compiled", "mimeinfo.cache", "mime.cache", "icon-theme.cache")
STEPS = ("glib-compile-schemas", "update-desktop-database", "update-mime-database",
         "gtk4-update-icon-cache")


def folder():
    path = tempfile.mkdtemp(prefix="mw-install-")
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def run(*argv, env=None, **kwargs):
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          env=os.environ | (env or {}), **kwargs)
    if done.returncode != 0:
        raise mwtest.Failure(f"{' '.join(argv)}: {done.returncode}\n{done.stdout[-3000:]}"
                             f"{done.stderr[-3000:]}")
    return done.stdout + done.stderr


def files(top):
    """Paths of files and links below TOP."""
    return {os.path.relpath(os.path.join(path, name), top)
            for path, _, names in os.walk(top) for name in names}


def stage(destination):
    """Installs what is built into DESTINATION; the note of what was installed before is kept."""
    mwtest.need("meson")
    log = f"{mwtest.BUILD}/meson-logs/install-log.txt"
    kept = None
    if os.path.exists(log):
        with open(log, "rb") as f:
            kept = f.read()
    try:
        said = run("meson", "install", "-C", mwtest.BUILD, "--no-rebuild",
                   env={"DESTDIR": destination})
        with open(log, encoding="utf-8") as f:
            note = f.read()
    finally:
        if kept is not None:
            with open(log, "wb") as f:
                f.write(kept)
    return said, note


def test_staged(t):
    """Complete, and the computer that it is built on is left alone."""
    destination = folder()
    before = {path: os.stat(os.path.join(mwtest.PREFIX, path)).st_mtime_ns
              for path in files(mwtest.PREFIX)}
    said, _ = stage(destination)
    found = files(destination + mwtest.PREFIX)
    t.equal(sorted(WANTED - found), [], "missing")
    t.equal(sorted(path for path in found if os.path.basename(path) in MADE), [], "caches")
    for step in STEPS:
        t.true(any("DESTDIR" in line and step in line for line in said.splitlines()),
               f"{step} is not part of an install")
    t.equal({path: os.stat(os.path.join(mwtest.PREFIX, path)).st_mtime_ns
             for path in files(mwtest.PREFIX)}, before, "the place it is for")
    t.equal(files(destination) - {os.path.relpath(mwtest.PREFIX + "/" + path, "/")
                                  for path in found}, set(), "files elsewhere")


def test_no_path_of_the_checkout(t):
    """Nobody learns from the program where it was built."""
    for name in sorted(path for path in WANTED if path.startswith(("bin", "lib"))):
        with open(os.path.join(mwtest.PREFIX, name), "rb") as f:
            data = f.read().replace(mwtest.PREFIX.encode(), b"")
        for path in (ROOT, mwtest.BUILD):
            t.true(path.encode() not in data, f"{name} names {path}")


def make_caches(prefix):
    share = os.path.join(prefix, "share")
    run("glib-compile-schemas", f"{share}/glib-2.0/schemas")
    run("update-desktop-database", f"{share}/applications")
    run("update-mime-database", f"{share}/mime")
    run("gtk4-update-icon-cache", "-q", "-t", "-f", f"{share}/icons/hicolor")


def remove(prefix, note):
    """What the target of the build folder does."""
    build = folder()
    os.mkdir(f"{build}/meson-logs")
    with open(f"{build}/meson-logs/install-log.txt", "w", encoding="utf-8") as f:
        f.write(note)
    run(f"{ROOT}/data/remove.py", prefix, f"{prefix}/share", env={"MESON_BUILD_ROOT": build})


def test_removed(t):
    mwtest.need("update-mime-database", "update-desktop-database", "gtk4-update-icon-cache")
    top = folder()
    _, note = stage(top)
    prefix = os.path.join(folder(), "usr")
    note = note.replace(top + mwtest.PREFIX, prefix)

    shutil.copytree(top + mwtest.PREFIX, prefix)
    make_caches(prefix)
    t.true(any(path.endswith("mime.cache") for path in files(prefix)), "no caches were made")
    remove(prefix, note)
    t.true(not os.path.exists(prefix), f"left: {sorted(files(prefix))}")

    # What others have there stays, and is known as before. A second install knows of no folders.
    shutil.copytree(top + mwtest.PREFIX, prefix)
    note = "\n".join(line for line in note.splitlines() if not os.path.isdir(line))
    for path, text in {
            "share/applications/other.desktop":
                "[Desktop Entry]\nType=Application\nName=x\nExec=x\nMimeType=text/x-other;\n",
            "share/mime/packages/other.xml":
                "<mime-info xmlns='http://www.freedesktop.org/standards/shared-mime-info'>"
                "<mime-type type='text/x-other'><glob pattern='*.other'/></mime-type></mime-info>",
            "share/icons/hicolor/scalable/apps/other.svg":
                "<svg xmlns='http://www.w3.org/2000/svg'/>"}.items():
        with open(os.path.join(prefix, path), "w") as f:
            f.write(text)
    make_caches(prefix)
    remove(prefix, note)
    left = files(prefix)
    for path in ("share/applications/mimeinfo.cache", "share/mime/mime.cache",
                 "share/mime/text/x-other.xml", "share/icons/hicolor/icon-theme.cache"):
        t.contains(left, path)
    t.true("share/glib-2.0/schemas/gschemas.compiled" not in left, "a cache of nothing")
    for path in left:
        with open(os.path.join(prefix, path), "rb") as f:
            data = f.read()
        t.true(b"ailwright" not in data and b"aspen" not in data, f"{path} still knows us")
    empty = [path for path, folders, names in os.walk(prefix) if not folders and not names
             and os.path.relpath(path, prefix).count(os.sep) > 0]
    t.equal(empty, [], "empty folders")


def checkout(path):
    """A copy of the sources, with what is not committed yet."""
    names = run("git", "-C", ROOT, "ls-files", "-co", "--exclude-standard", "-z").split("\0")
    for name in names:
        if name and os.path.exists(os.path.join(ROOT, name)):
            target = os.path.join(path, name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy2(os.path.join(ROOT, name), target)
            os.utime(target)
    return path


@mwtest.long
def test_two_checkouts(t):
    """The folder of the checkout and that of the build differ, and nothing else does."""
    top = folder()
    prefix = os.path.join(top, "prefix")
    places = []
    for source, build in (("one", "one/_build"), ("a/longer/path/two", "elsewhere")):
        source, build = checkout(os.path.join(top, source)), os.path.join(top, build)
        run("meson", "setup", build, source, f"--prefix={prefix}", "-Dtests=false",
            env={"CCACHE_DISABLE": "1"})
        run("ninja", "-C", build, env={"CCACHE_DISABLE": "1"})
        places.append(os.path.join(top, f"staged-{len(places)}"))
        run("meson", "install", "-C", build, "--no-rebuild", env={"DESTDIR": places[-1]})
    first, second = files(places[0]), files(places[1])
    t.equal(first ^ second, set(), "in one of them only")
    same, differ, failed = filecmp.cmpfiles(*places, sorted(first), shallow=False)
    t.equal((differ, failed), ([], []), "not the same bytes")
    t.true(len(same) > 50, f"only {len(same)} files")

    # The whole way, too: installed twice, removed once.
    for _ in range(2):
        run("meson", "install", "-C", build, "--no-rebuild")
    t.true(os.path.exists(f"{prefix}/share/mime/mime.cache"), "no caches were made")
    run("meson", "compile", "-C", build, "remove")
    t.equal(files(prefix), set(), "left")


mwtest.main(globals())
