import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const manage = (before = "") => ({
	"manage.py": `#!/usr/bin/env python
import os, sys
def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as exc:
        raise ImportError("Django is missing") from exc
    ${before}
    execute_from_command_line(sys.argv)
if __name__ == "__main__":
    main()
`,
});

describe("runserver", () => {
	check("defaults", "python manage.py runserver", { files: manage(), listens: ["127.0.0.1:8000 convention"] });
	check("an address and a port", "python manage.py runserver 0.0.0.0:80", { files: manage(), listens: ["0.0.0.0:80 certain"] });
	check("a port", "python manage.py runserver --noreload 81", { files: manage(), listens: ["127.0.0.1:81 certain"] });
	check("zero is every interface", "./manage.py runserver 0:82", { files: manage(), listens: ["0.0.0.0:82 certain"] });
	check("IPv6", "python manage.py runserver -6", { files: manage(), listens: ["[::1]:8000 convention"] });
	check("IPv6 in brackets", "python manage.py runserver [::]:83", { files: manage(), listens: ["[::]:83 certain"] });
	check("without the source", "python manage.py runserver 0.0.0.0:84", { listens: ["0.0.0.0:84 certain"] });
	check("nothing to go by", "python manage.py runserver", { gaps: ["manage.py is not in the image"] });
	check("django-admin", "django-admin runserver --settings site.settings 85", { listens: ["127.0.0.1:85 certain"] });
	check("python -m django", "python -m django runserver", { listens: ["127.0.0.1:8000 convention"] });
	check("another default", "python manage.py runserver", {
		files: manage(
			"from django.core.management.commands.runserver import Command\n    Command.default_port = '86'\n    Command.default_addr = '0.0.0.0'",
		),
		listens: ["0.0.0.0:86 certain"],
	});
	check("a script of another name", "python site.py runserver 0.0.0.0:87", {
		files: { "site.py": manage()["manage.py"] },
		listens: ["0.0.0.0:87 certain"],
	});
	check("given in the source", "python run.py", {
		files: { "run.py": "from django.core.management import execute_from_command_line as e\ne(['manage.py', 'runserver', '0.0.0.0:88'])" },
		listens: ["0.0.0.0:88 certain"],
	});
	check("call_command", "python run.py", {
		files: { "run.py": "from django.core.management import call_command\ncall_command('migrate')\ncall_command('runserver', ':89')" },
		listens: ["127.0.0.1:89 certain"],
	});
	check("django-extensions", "python manage.py runserver_plus 0.0.0.0:90", { files: manage(), listens: ["0.0.0.0:90 certain"] });
});

describe("other commands", () => {
	check("migrations end", "python manage.py migrate", { files: manage() });
	check("workers", "python manage.py qcluster", { files: manage() });
	check("a command of the project", "python manage.py feed", { files: manage(), gaps: ["nothing is known about manage.py feed"] });
	check("another manage.py", "python manage.py runserver", {
		files: { "manage.py": "from flask import Flask\nFlask(__name__).run(port=91)" },
		listens: ["127.0.0.1:91 certain"],
	});
});
