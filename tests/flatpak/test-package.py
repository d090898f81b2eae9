#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""What is in the package, what it may do, and what of it the desktop sees."""

import configparser
import glob
import json
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import mwflatpak  # noqa: E402
from mwflatpak import ID, mwtest  # noqa: E402

DESK = mwflatpak.Desk()

# Agreed; more than this is not to be asked of anybody.
CONTEXT = {
    "shared": {"network", "ipc"},
    "sockets": {"wayland", "fallback-x11", "x11"},
    "devices": {"dri"},
    "filesystems": {"~/.thunderbird:create", "~/.config/evolution/signatures:create"},
}
SESSION_BUS = {"org.freedesktop.secrets": "talk",
               "org.gnome.evolution.dataserver.Sources5": "talk"}

# What the desktop gets, besides the caches that Flatpak makes.
EXPORTS = {
    f"applications/{ID}.desktop",
    f"dbus-1/services/{ID}.service",
    f"icons/hicolor/scalable/apps/{ID}.svg",
    f"icons/hicolor/symbolic/apps/{ID}-symbolic.svg",
    f"mime/packages/{ID}.xml",
    f"metainfo/{ID}.metainfo.xml",
}
CACHES = re.compile(r"applications/mimeinfo\.cache|icons/hicolor/(icon-theme\.cache|index\.theme"
                    r"|\.icon-theme\.cache)|mime/(?!packages/).*")

# Everything in /app; each has to be there.
FILES = [
    r"bin/mailwright", r"bin/mailwright-cli", r"libexec/mailwright-nss-helper",
    r"lib/libgsasl\.so\.18(\.[0-9.]+)?", r"lib/libidn\.so\.12(\.[0-9.]+)?",
    r"lib/libqrencode\.so\.4(\.[0-9.]+)?",
    r"share/help/(C|pl)/mailwright/[a-z-]+\.page",
    r"share/glib-2\.0/schemas/" + re.escape(ID) + r"\.gschema\.xml",
    r"share/glib-2\.0/schemas/gschemas\.compiled",
    r"share/locale/pl",
    r"share/licenses/" + re.escape(ID) + r"/(libidn|gsasl|libqrencode|mailwright)/.+",
    r"share/app-info/.*",
    *[r"share/" + re.escape(each) for each in sorted(EXPORTS)
      if not each.startswith("metainfo/")],
    r"share/(metainfo|appdata)/" + re.escape(ID) + r"\.(metainfo|appdata)\.xml",
]
# Of libraries that come out of the local runtime when their source is not at hand; links beside
# libraries; caches of the exported files.
FILES_TOO = [r"lib/lib(ntlm|gssglue)\.so\..*", r"lib/lib(gsasl|idn|qrencode)\.so",
             r"share/(applications/mimeinfo|icons/hicolor/icon-theme)\.cache",
             r"share/mime/(?!packages/).*", r"\.ref", r"manifest\.json"]


def read_keys(path):
    keys = configparser.ConfigParser(interpolation=None, delimiters="=")
    keys.optionxform = str
    keys.read(path)
    return keys


def metadata():
    DESK.up()
    return read_keys(f"{DESK.session.location()}/metadata")


def words(keys, group, name):
    return {word for word in keys[group].get(name, "").split(";") if word}


def below(top):
    """Every file and link, relative to it."""
    return {os.path.relpath(os.path.join(folder, name), top)
            for folder, folders, names in os.walk(top)
            for name in names + [each for each in folders
                                 if os.path.islink(os.path.join(folder, each))]}


def exported():
    """What the desktop gets; older builders name the metainfo otherwise."""
    found = below(f"{DESK.session.exports}/share")
    return {each.replace(".appdata.", ".metainfo.") for each in found
            if not CACHES.fullmatch(each)}


def path_of(name):
    for each in (name, name.replace(".metainfo.", ".appdata.")):
        path = f"{DESK.session.exports}/share/{each}"
        if os.path.exists(path):
            return path
    raise mwtest.Failure(f"{name} is not exported")


def test_permissions(t):
    keys = metadata()
    t.equal({name: words(keys, "Context", name) for name in keys["Context"]}, CONTEXT)
    t.equal(dict(keys["Session Bus Policy"]), SESSION_BUS)
    t.equal(sorted(keys.sections()), sorted(
        ["Application", "Context", "Session Bus Policy", f"Extension {ID}.Locale",
         f"Extension {ID}.Debug", "Build"]))


def test_exports(t):
    DESK.up()
    t.equal(sorted(exported()), sorted(EXPORTS))
    for name in EXPORTS:
        t.true(os.path.getsize(path_of(name)) > 100, f"{name} is empty")


def test_exports_are_valid(t):
    DESK.up()
    run = DESK.session.run
    desktop = path_of(f"applications/{ID}.desktop")
    run("desktop-file-validate", "--no-hints", "--no-warn-deprecated", desktop, check=True)
    for name, argv in ((f"metainfo/{ID}.metainfo.xml", ("appstreamcli", "validate", "--no-net")),
                       (f"icons/hicolor/scalable/apps/{ID}.svg", ("xmllint", "--noout")),
                       (f"icons/hicolor/symbolic/apps/{ID}-symbolic.svg", ("xmllint", "--noout")),
                       (f"mime/packages/{ID}.xml", ("xmllint", "--noout"))):
        done = run(*argv, path_of(name))
        t.equal(done.returncode, 0, done.stdout + done.stderr)

    keys = read_keys(desktop)["Desktop Entry"]
    t.equal(keys["Icon"], ID)
    t.equal(keys["X-Flatpak"], ID)
    t.equal(keys["DBusActivatable"], "true")
    t.contains(keys["MimeType"].split(";"), "x-scheme-handler/mailto-setup")
    t.true(re.match(r"/usr/bin/flatpak run .*--command=mailwright .*@@u %u @@$", keys["Exec"]),
           keys["Exec"])
    t.contains(keys["Keywords[pl]"].split(";"), "Poczta")
    with open(path_of(f"dbus-1/services/{ID}.service")) as f:
        t.contains(f.read(), f"--command=/app/bin/mailwright {ID} --gapplication-service")


def test_files(t):
    """All that is needed, and nothing that building has left."""
    DESK.up()
    found = below(f"{DESK.session.location()}/files")
    known = FILES + FILES_TOO
    t.equal(sorted(each for each in found
                   if not any(re.fullmatch(pattern, each) for pattern in known)), [])
    t.equal([pattern for pattern in FILES
             if not any(re.fullmatch(pattern, each) for each in found)], [])


def test_licences(t):
    DESK.up()
    with open(f"{mwtest.ROOT}/flatpak/{ID}.json") as f:
        modules = [module["name"] for module in json.load(f)["modules"]]
    for name in modules:
        found = glob.glob(f"{DESK.session.location()}/files/share/licenses/{ID}/{name}/*")
        t.true(any(os.path.getsize(path) > 300 for path in found), f"no licence of {name}")


def test_programs_find_their_libraries(t):
    """In the Platform, which has less than the Sdk they were built on."""
    DESK.up()
    for path in ("/app/bin/mailwright", "/app/bin/mailwright-cli",
                 "/app/libexec/mailwright-nss-helper"):
        done = DESK.session.inside("ldd", path, check=True)
        t.true("not found" not in done.stdout, done.stdout)
        own = dict(re.findall(r"lib(gsasl|idn|qrencode)\.so\S* => (\S+)", done.stdout))
        t.true(all(place.startswith("/app/lib/") for place in own.values()), own)
        t.equal("gsasl" in own, "nss" not in path, path)
    done = DESK.session.inside("mailwright-cli", "targets", "--json", check=True)
    t.true(isinstance(json.loads(done.stdout), dict), done.stdout)


def test_polish(t):
    app = DESK.start(env={"LANGUAGE": "pl", "LANG": "pl_PL.UTF-8"})
    app.wait("heading", "Add Your Mail Account", seconds=30)
    t.equal(app.find("heading").get_name(), app.words.say("Add Your Mail Account"))
    t.true(app.words.say("Add Your Mail Account") != "Add Your Mail Account", "no Polish")
    keys = read_keys(path_of(f"applications/{ID}.desktop"))["Desktop Entry"]
    for name in ("GenericName[pl]", "Comment[pl]", "Keywords[pl]"):
        t.true(keys[name], name)
    listed = DESK.session.flatpak("--user", "list", "--all", "--columns=application").stdout
    t.contains(listed.split(), f"{ID}.Locale")
    with open(f"{DESK.session.location()}/files/share/help/pl/mailwright/index.page") as f:
        t.contains(f.read(), 'xml:lang="pl"')


def test_bundle(t):
    """Into a home where nothing of ours ever was, and out of it again."""
    package = mwflatpak.build()
    session = t.session(kind=mwflatpak.Session, bus=True)
    session.flatpak("--user", "install", "-y", "--noninteractive", "--bundle", package.bundle)
    done = session.inside("mailwright-cli", "--version", check=True)
    t.contains(done.stdout, "mailwright")
    t.true(os.path.exists(f"{session.exports}/share/applications/{ID}.desktop"), "no menu entry")
    session.flatpak("--user", "uninstall", "-y", "--noninteractive", "--delete-data", ID)
    left = [each for each in below(f"{session.exports}/share") if ID in each]
    t.equal(left, [])
    t.true(not os.path.exists(f"{session.home}/.var/app/{ID}"), "data is left")


mwflatpak.main(globals())
