import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

describe("apache2-foreground", () => {
	check("as it comes", "apache2-foreground", { listens: ["[::]:80 convention"], evidence: ["Dockerfile:10"] });
	check("behind the image's entrypoint", "docker-php-entrypoint apache2-foreground", { listens: ["[::]:80 convention"] });
	check("with TLS", "apache2-foreground", {
		builds: ["apt-get update && a2enmod rewrite ssl"],
		listens: ["[::]:80 convention", "[::]:443 convention"],
	});
	check("its ports", "apache2-foreground", {
		files: { "/etc/apache2/ports.conf": "# If you just change the port\nListen 8080\n<IfModule ssl_module>\n\tListen 8443\n</IfModule>" },
		listens: ["[::]:8080 certain"],
		evidence: ["Dockerfile:10", "ports.conf:2"],
	});
	check("a variable of the image", "apache2-foreground", {
		files: { "/etc/apache2/ports.conf": "Listen ${APACHE_PORT}" },
		environment: { APACHE_PORT: "8000" },
		listens: ["[::]:8000 certain"],
	});
	check("a variable that is not set", "apache2-foreground", {
		files: { "/etc/apache2/ports.conf": "Listen ${PORT}" },
		gaps: ["PORT is not set"],
	});
	check("a site that listens", "apache2-foreground", {
		files: { "/etc/apache2/sites-available/000-default.conf": "Listen 127.0.0.1:8081\n<VirtualHost *:8081>\n</VirtualHost>" },
		listens: ["[::]:80 convention", "127.0.0.1:8081 certain"],
	});
	check("a site that is switched on", "apache2-foreground", {
		files: { "/etc/apache2/sites-available/app.conf": "Listen 9000" },
		builds: ["a2ensite app"],
		listens: ["[::]:80 convention", "[::]:9000 certain"],
	});
	check("a site that is not", "apache2-foreground", {
		files: { "/etc/apache2/sites-available/app.conf": "Listen 9000" },
		listens: ["[::]:80 convention"],
	});
	check("another program", "apache2-background", { gaps: ["nothing is known about apache2-background"] });
});
