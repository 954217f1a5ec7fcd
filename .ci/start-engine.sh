#!/usr/bin/env bash
# Makes a Docker Engine answer on unix:///var/run/docker.sock, for the engine tests: on a bare Debian, as root, with or
# without systemd. Does nothing when an engine answers already (DOCKER_HOST is honoured). Exit 0: an engine answers;
# 1: it does not, and standard error says why. Leaves the engine running.
#
#   PORTLIGHT_ENGINE_LOG   where dockerd writes (default /var/log/portlight-dockerd.log)
#   PORTLIGHT_ENGINE_WAIT  seconds to wait for its first answer (default 60)
set -euo pipefail

socket=/var/run/docker.sock
pidfile=/var/run/docker.pid
data=/var/lib/docker
log=${PORTLIGHT_ENGINE_LOG:-/var/log/portlight-dockerd.log}
wait_seconds=${PORTLIGHT_ENGINE_WAIT:-60}

say() { printf 'engine: %s\n' "$*"; }
fail() {
	printf 'engine: %s\n' "$*" >&2
	exit 1
}

# `docker version` asks the server; a socket that hangs must not hang this script.
answers() { command -v docker >/dev/null && timeout 5 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

report_and_leave() {
	say "Docker Engine $(docker version --format '{{.Server.Version}}') answers"
	exit 0
}

# Debian's names of what the engine and its tests need, one per command; only what is missing is installed.
install_missing() {
	local missing=()
	command -v dockerd >/dev/null || missing+=(docker.io)
	# Debian 13 split the client from the engine.
	command -v docker >/dev/null || missing+=("$(apt-cache show docker-cli >/dev/null 2>&1 && echo docker-cli || echo docker.io)")
	command -v iptables >/dev/null || missing+=(iptables)
	command -v ip >/dev/null || missing+=(iproute2)
	# The tests make images of the static busybox; another busybox may be linked to libraries.
	dpkg-query --show --showformat='${Status}' busybox-static 2>/dev/null | grep -q 'ok installed' || missing+=(busybox-static)
	[ ${#missing[@]} -eq 0 ] && return
	command -v apt-get >/dev/null || fail "cannot install ${missing[*]}: this is not Debian. Install and start Docker, then run this again."

	say "installing ${missing[*]}"
	local policy=/usr/sbin/policy-rc.d own_policy=0
	# Without systemd the package's own script would try, and fail, to start the daemon.
	if [ ! -d /run/systemd/system ] && [ ! -e "$policy" ]; then
		printf '#!/bin/sh\nexit 101\n' >"$policy"
		chmod 755 "$policy"
		own_policy=1
	fi
	local status=0
	{
		DEBIAN_FRONTEND=noninteractive apt-get update &&
			DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
	} >"$log" 2>&1 || status=$?
	[ "$own_policy" = 1 ] && rm -f "$policy"
	if [ "$status" != 0 ]; then
		tail -n 20 "$log" >&2
		fail "apt-get could not install ${missing[*]}; the whole output is in $log"
	fi
}

# A bare chroot or container has an empty /sys/fs/cgroup: version 2 first, else every controller of version 1.
mount_cgroups() {
	mountpoint -q /sys/fs/cgroup && return
	mount -t cgroup2 none /sys/fs/cgroup 2>/dev/null && return
	mount -t tmpfs -o mode=755 cgroup /sys/fs/cgroup || fail "cannot mount /sys/fs/cgroup; an engine needs it, and root with CAP_SYS_ADMIN"
	local controller
	for controller in $(awk '!/^#/ && $4 == 1 { print $1 }' /proc/cgroups); do
		mkdir -p "/sys/fs/cgroup/$controller"
		mount -t cgroup -o "$controller" cgroup "/sys/fs/cgroup/$controller" || rmdir "/sys/fs/cgroup/$controller"
	done
}

# A killed daemon leaves its pidfile, and the next one refuses to start if the number belongs to any process by now.
drop_stale_pidfile() {
	[ -s "$pidfile" ] || return 0
	grep -qa dockerd "/proc/$(cat "$pidfile")/cmdline" 2>/dev/null || rm -f "$pidfile"
}

start_dockerd() {
	mount_cgroups
	drop_stale_pidfile
	mkdir -p "$data" "$(dirname "$log")"
	local options=(--host "unix://$socket" --pidfile "$pidfile" --data-root "$data")
	# overlay2 cannot stand on overlayfs, which is what / is inside a container.
	[ "$(stat --file-system --format %T "$data")" = overlayfs ] && options+=(--storage-driver vfs)
	say "starting dockerd, log in $log"
	setsid nohup dockerd "${options[@]}" >"$log" 2>&1 </dev/null &
	local pid=$! deadline=$((SECONDS + wait_seconds))
	until answers; do
		if ! kill -0 "$pid" 2>/dev/null; then
			tail -n 20 "$log" >&2
			fail "dockerd ended before it answered; the whole log is in $log"
		fi
		if [ "$SECONDS" -ge "$deadline" ]; then
			tail -n 20 "$log" >&2
			fail "dockerd did not answer within $wait_seconds s; the whole log is in $log"
		fi
		sleep 0.2
	done
}

if answers; then report_and_leave; fi
[ -z "${DOCKER_HOST:-}" ] || fail "DOCKER_HOST is $DOCKER_HOST, and nothing answers there. Unset it, or start that engine."
[ "$(id -u)" = 0 ] || fail "no engine answers, and only root can start one. Start Docker, or run this as root."
install_missing
if answers; then report_and_leave; fi
if [ -d /run/systemd/system ]; then
	systemctl start docker || fail "systemctl could not start docker; see journalctl --unit docker"
	answers || fail "docker was started by systemd but does not answer; see journalctl --unit docker"
else
	start_dockerd
fi
report_and_leave
