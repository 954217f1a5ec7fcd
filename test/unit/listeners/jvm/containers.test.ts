import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

describe("Tomcat", () => {
	const xml = (connector: string) => ({
		"/usr/local/tomcat/conf/server.xml": `<Server port="8005"><Service><!-- <Connector port="1"/> -->${connector}</Service></Server>`,
	});
	check("as it comes", "catalina.sh run", { listens: ["[::]:8080 convention"] });
	check("server.xml", "/usr/local/tomcat/bin/catalina.sh run", {
		files: xml('<Connector port="8081" protocol="HTTP/1.1"/><Connector port="8010" address="127.0.0.1" protocol="AJP/1.3"/>'),
		listens: ["[::]:8081 certain", "127.0.0.1:8010 certain"],
	});
	check("a property", "catalina.sh run", {
		files: xml('<Connector port="${http.port}"/>'),
		environment: { CATALINA_OPTS: "-Dhttp.port=8082" },
		listens: ["[::]:8082 certain"],
	});
	check("a variable that is not set", "catalina.sh run", { files: xml('<Connector port="${PORT}"/>'), gaps: ["PORT is not set"] });
	check("its start script", "/opt/tomcat/bin/startup.sh", { listens: ["[::]:8080 convention"] });
	check("another start script of that name", "/opt/shop/startup.sh", { gaps: ["nothing is known about startup.sh"] });
	check("another command of the script", "catalina.sh version", { gaps: ["nothing is known about catalina.sh"] });
});

describe("WildFly", () => {
	check("loopback", "standalone.sh", { listens: ["127.0.0.1:8080 convention", "127.0.0.1:8443 convention", "127.0.0.1:9990 convention"] });
	check("-b and an offset", "/opt/jboss/wildfly/bin/standalone.sh -b 0.0.0.0 -Djboss.socket.binding.port-offset=100", {
		listens: ["0.0.0.0:8180 convention", "0.0.0.0:8543 convention", "127.0.0.1:10090 convention"],
	});
	check("before HTTPS was on", "/opt/wildfly/bin/standalone.sh -b 0.0.0.0", {
		environment: { WILDFLY_VERSION: "8.2.0.Final" },
		listens: ["0.0.0.0:8080 convention", "127.0.0.1:9990 convention"],
	});
});

describe("Open Liberty", () => {
	const command = "/opt/ol/wlp/bin/server run defaultServer";
	check("as its images come", command, { listens: ["[::]:9080 convention", "[::]:9443 convention"] });
	check("server.xml", command, {
		files: {
			"/config/server.xml":
				'<server><variable name="http.port" defaultValue="9081"/><httpEndpoint id="defaultHttpEndpoint" host="*" httpPort="${http.port}" httpsPort="-1"/></server>',
		},
		listens: ["[::]:9081 certain"],
	});
	check("loopback", command, {
		files: { "/config/server.xml": '<server><httpEndpoint id="defaultHttpEndpoint" httpPort="9082" httpsPort="-1"/></server>' },
		listens: ["127.0.0.1:9082 certain"],
	});
	check("another server", "server run", { gaps: ["nothing is known about server"] });
});

describe("Jetty", () => {
	check("default", "java -jar /usr/local/jetty/start.jar", { listens: ["[::]:8080 convention"] });
	check("jetty.http.port", "java -jar /usr/local/jetty/start.jar jetty.http.port=8083", { listens: ["[::]:8083 certain"] });
});
