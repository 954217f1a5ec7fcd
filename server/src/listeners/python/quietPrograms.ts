import { commandOf } from "../interpreter.ts";
import type { Technology } from "../technology.ts";
import { NOTHING } from "./serverCommand.ts";

/**
 * Programs of which no manual page describes a listening socket: workers that fetch their work from a broker, and
 * tools that end. RQ, "Workers"; Huey, "Consuming Tasks"; arq, "Usage"; Taskiq, "CLI"; Alembic; pytest; pip and so on.
 */
const QUIET: ReadonlySet<string> = new Set(
	`rq rqworker rqscheduler rq.cli huey_consumer huey_consumer.py arq taskiq dramatiq dramatiq-gevent procrastinate saq
	alembic pytest py.test tox nox black flake8 mypy pylint ruff isort bandit pre-commit pip pip3
	scrapy yt-dlp youtube-dl aws ansible ansible-playbook ansible-lint sqlfluff unittest compileall venv json.tool
	twine cookiecutter s3cmd gallery-dl streamlink awscli csvkit papermill nbconvert`.split(/\s+/),
);

export const quietPrograms: Technology = {
	name: "python-quiet",
	title: "Python tools",
	command: async (process) => {
		const command = commandOf(process);
		return command && QUIET.has(command.name) ? NOTHING : undefined;
	},
};
