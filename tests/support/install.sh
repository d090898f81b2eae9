#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
#
# install.sh [--yes]: installs the packages of packages.txt that are missing.
# Asks first on a terminal.  Servers that come with them are neither started
# nor enabled.  Called by tests/run and tests/demo.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
policy=/usr/sbin/policy-rc.d
wanted=$(sed -e 's/#.*//' "$here/packages.txt")

installed () {
  dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}

restore_policy () {
  rm -f "$policy"
  if [ -n "$saved_policy" ]; then
    mv "$saved_policy" "$policy"
  fi
}

# As root: install.sh --as-root PACKAGE…
if [ "${1:-}" = --as-root ]; then
  shift
  services=
  for name in dovecot postfix; do
    case " $* " in
      *" $name "* | *" $name-core "*) services="$services $name" ;;
    esac
  done

  saved_policy=
  if ! [ -x "$policy" ] || { code=0; "$policy" dovecot start || code=$?; [ "$code" != 101 ]; }; then
    if [ -e "$policy" ]; then
      saved_policy=$policy.before-mailwright
      mv "$policy" "$saved_policy"
    fi
    trap restore_policy EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
  fi

  export DEBIAN_FRONTEND=noninteractive
  case " $services " in
    *" postfix "*)
      # The lab brings its own configuration; the system gets none.
      echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections ;;
  esac
  apt-get update -q
  apt-get install -q -y --no-install-recommends --no-remove "$@"
  for name in $services; do
    update-rc.d "$name" disable > /dev/null 2>&1 || true
  done
  exit 0
fi

if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
  echo "Not a Debian system.  What Debian 12 calls by these names is wanted:"
  echo $wanted | fold -s -w 76 | sed 's/^/  /'
  exit 0
fi

missing=
for name in $wanted; do
  installed "$name" || missing="$missing $name"
done
[ -n "$missing" ] || exit 0

echo "These Debian packages are missing and will be installed:"
echo $missing | fold -s -w 76 | sed 's/^/  /'
if [ "${1:-}" != --yes ] && [ -t 0 ]; then
  printf 'Install them now? [y/N] '
  read -r answer
  case $answer in
    [yY]*) ;;
    *) echo "Nothing was installed."; exit 1 ;;
  esac
fi

if [ "$(id -u)" = 0 ]; then
  exec sh "$0" --as-root $missing
elif command -v sudo > /dev/null; then
  [ -t 0 ] && exec sudo sh "$0" --as-root $missing
  exec sudo -n sh "$0" --as-root $missing
fi
echo "Installing needs root or sudo."
exit 1
