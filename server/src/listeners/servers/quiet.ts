import { likelyText } from "../../model/value.ts";
import { programName } from "../../process/process.ts";
import { textOf } from "../commandLine.ts";
import type { Technology } from "../technology.ts";
import { isBuiltHere } from "./builtHere.ts";

/** Programs that never accept connections: what they do, by the manual page of each. */
const QUIET: readonly string[] = [
	// Wait, print, or are shells without a script.
	"sleep tail cat true false echo printf yes pause tee watch test id env printenv ls pwd date uname hostname",
	"sh bash ash dash zsh fish ksh tmux screen login su",
	// Run other things at given times.
	"cron crond supercronic anacron atd ofelia yacron go-cron",
	// Clients of networks, clouds and clusters.
	"curl wget ftp lftp scp sftp ssh ssh-agent ssh-keygen telnet ping dig nslookup host whois traceroute mtr nmap tcpdump tshark",
	"aws az gcloud gsutil bq doctl heroku flyctl fly s3cmd rclone mc eksctl gh glab vercel netlify",
	"kubectl helm helmfile kustomize k9s kubeseal stern flux argocd kubeval kubeconform istioctl oc terraform tofu terragrunt packer pulumi ansible ansible-playbook vagrant",
	"docker docker-compose docker-machine podman buildah skopeo crane regctl buildctl kaniko cosign trivy grype syft hadolint dive",
	// Clients of databases and queues, dumps and migrations.
	"psql pg_dump pg_dumpall pg_restore pg_isready pg_basebackup createdb mysql mysqldump mysqladmin mariadb mariadb-dump redis-cli valkey-cli mongo mongosh mongodump mongorestore mongoimport sqlite3 sqlcmd bcp cqlsh influx clickhouse-client etcdctl rabbitmqctl kcat kafkacat nats mosquitto_pub mosquitto_sub",
	"migrate goose dbmate flyway liquibase sqitch alembic tern atlas sql-migrate sqlx diesel pgloader litestream",
	// Certificates and backups.
	"certbot lego acme.sh openssl restic borg borgmatic duplicity rsnapshot",
	// Tools of source code.
	"git git-lfs svn hg make cmake ninja gcc g++ clang clang-format clang-tidy cc c++ ld ar gdb cargo rustc rustup rustfmt javac mvn gradle ant sbt lein",
	"prettier eslint tsc pylint flake8 black mypy ruff isort pytest tox golangci-lint gofmt shellcheck shfmt yamllint markdownlint markdownlint-cli2 rubocop phpstan phpcs phpunit semgrep bandit commitlint super-linter",
	"jq yq xq sed awk gawk grep rg find xargs sort tar gzip unzip zip base64 envsubst gomplate jsonnet protoc buf pandoc ffmpeg ffprobe convert magick gs pdflatex latexmk exiftool youtube-dl yt-dlp wkhtmltopdf plantuml",
	"k6 wrk ab hey vegeta siege jmeter artillery newman stress stress-ng",
	// Agents that only send.
	"filebeat metricbeat auditbeat packetbeat logrotate watchtower ddclient inadyn rsyslogd syslogd klogd dbus-daemon udevd haveged chronyd ntpd fail2ban-server xvfb xvfb-run Xvfb fluxbox openbox unclutter pulseaudio",
];

const NAMES: ReadonlySet<string> = new Set(QUIET.flatMap((line) => line.split(" ")));

/** Programs of the list that do listen, or start something that may, with such a word among their arguments. */
const LISTENING: Readonly<Record<string, RegExp>> = {
	ansible: /^--listen/,
	argocd: /./,
	ash: /./,
	bash: /./,
	buf: /^(beta|registry-proxy)$/,
	cargo: /^(run|watch|leptos|shuttle|lambda|-.*)$/,
	dash: /./,
	docker: /^(run|compose|stack)$/,
	"docker-compose": /^(up|run|start)$/,
	env: /./,
	ffmpeg: /^(-listen|rtmp:|rtsp:|tcp:|udp:)/,
	find: /^-(exec|ok)(dir)?$/,
	fish: /./,
	gcloud: /emulators/,
	git: /^(daemon|http-backend|instaweb)$/,
	gradle: /./,
	istioctl: /^dashboard$/,
	jmeter: /^(-s|--server)$/,
	k6: /^--address/,
	ksh: /./,
	kubectl: /^(proxy|port-forward)$/,
	lein: /./,
	make: /./,
	mvn: /:/,
	netlify: /^dev$/,
	oc: /^(proxy|port-forward)$/,
	openssl: /^s_server$/,
	podman: /^(run|compose|system|start|play)$/,
	pulseaudio: /./,
	rclone: /^(serve|rcd|--rc)$/,
	restic: /^serve$/,
	rsyslogd: /./,
	sbt: /./,
	screen: /./,
	sh: /./,
	ssh: /^-[A-Za-z]*[LRD]/,
	su: /./,
	supercronic: /^-prometheus/,
	syslogd: /^-[A-Za-z]*r/,
	tmux: /./,
	trivy: /^server$/,
	vercel: /^dev$/,
	watch: /./,
	xargs: /./,
	"xvfb-run": /./,
	zsh: /./,
};

/** Programs that only wait, print, connect to others or work on files: nothing listens. */
export const quiet: Technology = {
	name: "quiet",
	title: "programs that never listen",
	async command(process, scene) {
		const [first, ...args] = process.argv;
		const program = programName(textOf(first) ?? "");
		if (!NAMES.has(program)) return undefined;
		if (await isBuiltHere(process, scene)) return undefined;
		const listening = LISTENING[program];
		const words = args.map((arg) => likelyText(arg));
		const mayListen = words.some((word) => word === undefined || listening?.test(word));
		// A shell's own flags start nothing.
		const isShell = /^(?:[bd]?a|z|k|fi)?sh$/.test(program);
		if (isShell && words.every((word) => word !== undefined && /^-[^c]*$/.test(word))) return { listeners: [], gaps: [] };
		return listening && mayListen ? undefined : { listeners: [], gaps: [] };
	},
};
